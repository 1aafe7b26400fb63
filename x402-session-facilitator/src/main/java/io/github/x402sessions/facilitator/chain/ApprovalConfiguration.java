package io.github.x402sessions.facilitator.chain;

import io.github.x402sessions.facilitator.config.ApprovalProperties;
import io.github.x402sessions.facilitator.config.FacilitatorProperties;
import io.github.x402sessions.facilitator.key.Spenders;
import io.github.x402sessions.facilitator.limit.LimitUses;
import io.github.x402sessions.facilitator.store.UnitOfWork;
import io.github.x402sessions.stellar.approval.ApprovalTransactions;
import io.github.x402sessions.stellar.approval.Approvals;
import io.github.x402sessions.stellar.approval.SponsorshipBudget;
import io.github.x402sessions.stellar.balance.LedgerState;
import io.github.x402sessions.stellar.fee.FeePolicy;
import io.github.x402sessions.stellar.rpc.StellarRpc;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Approvals: those on the chain, and those that are made.
 */
@Configuration(proxyBeanMethods = false)
public class ApprovalConfiguration {

	@Bean
	Approvals approvals(StellarRpc rpc, FacilitatorProperties properties) {
		return new Approvals(rpc, properties.stellar().passphrase());
	}

	@Bean
	SponsorshipBudget sponsorshipBudget(FacilitatorProperties properties, UnitOfWork unitOfWork, LimitUses uses) {
		ApprovalProperties approvals = properties.approvals();
		return new DailySponsorshipBudget(approvals.sponsorBudgetStroops(), approvals.sponsoredPerPayer(), unitOfWork,
				uses);
	}

	@Bean
	ApprovalTransactions approvalTransactions(StellarRpc rpc, LedgerState chain, FacilitatorProperties properties,
			Spenders spenders, FeePolicy fees, SponsorshipBudget budget) {
		return new ApprovalTransactions(rpc, properties.stellar().passphrase(), spenders::current, fees, budget);
	}

}
