package io.github.x402sessions.facilitator.session.registration;

import io.github.x402sessions.facilitator.config.FacilitatorProperties;
import io.github.x402sessions.facilitator.key.DerivationSecrets;
import io.github.x402sessions.facilitator.key.SpenderRoster;
import io.github.x402sessions.facilitator.key.Spenders;
import io.github.x402sessions.facilitator.session.SessionRepository;
import io.github.x402sessions.facilitator.session.SessionRules;
import io.github.x402sessions.facilitator.session.allowance.AllowanceWatch;
import io.github.x402sessions.stellar.approval.ApprovalTransactions;
import io.github.x402sessions.stellar.approval.Approvals;
import io.github.x402sessions.stellar.approval.ContractConsent;
import io.github.x402sessions.stellar.balance.LedgerState;
import io.github.x402sessions.stellar.rpc.LedgerClock;
import io.github.x402sessions.stellar.rpc.Polling;
import io.github.x402sessions.stellar.rpc.StellarRpc;
import io.github.x402sessions.stellar.transfer.TransferReadinessReader;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Quotes and registration.
 */
@Configuration(proxyBeanMethods = false)
public class RegistrationConfiguration {

	@Bean
	RegistrationGuard registrationGuard(SessionRules rules, SessionRepository store, LedgerState chain,
			Approvals approvals, TransferReadinessReader holdings, LedgerClock ledgers, Polling polling) {
		return new RegistrationGuard(rules, store, chain, approvals, holdings, ledgers, polling);
	}

	@Bean
	OwnerProofs ownerProofs(StellarRpc rpc, LedgerState chain, FacilitatorProperties properties, Spenders spenders) {
		return new OwnerProofs(chain, new ContractConsent(rpc, properties.stellar().passphrase(), spenders.address()));
	}

	@Bean
	ApprovalQuotes approvalQuotes(SessionRules rules, AllowanceWatch watch, RegistrationGuard registrations,
			ApprovalTransactions approves, FacilitatorProperties properties, SpenderRoster roster) {
		return new ApprovalQuotes(rules, watch, registrations, approves, properties.approvals().sponsored(), roster);
	}

	@Bean
	ApprovalSubmitter approvalSubmitter(StellarRpc rpc, LedgerState chain, Approvals approvals,
			ApprovalTransactions approves, Polling polling, FacilitatorProperties properties) {
		return new ApprovalSubmitter(rpc, chain, approvals, approves, polling, properties.approvals().timeout(),
				properties.approvals().sponsored());
	}

	@Bean
	SignedRegistrar signedRegistrar(SessionRules rules, SessionRepository store, OwnerProofs owners,
			RegistrationGuard registrations, ApprovalTransactions approves, ApprovalSubmitter submitter,
			DerivationSecrets secrets, SpenderRoster roster) {
		Registrar registrar = new Registrar(rules, store, owners, registrations, secrets, roster);
		return new SignedRegistrar(rules, store, owners, registrations, approves, submitter, registrar);
	}

}
