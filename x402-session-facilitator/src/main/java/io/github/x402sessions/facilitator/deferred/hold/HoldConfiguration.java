package io.github.x402sessions.facilitator.deferred.hold;

import io.github.x402sessions.facilitator.deferred.CommitmentAccounts;
import io.github.x402sessions.facilitator.deferred.LendingBooks;
import io.github.x402sessions.facilitator.settlement.repository.OutcomeDeliveries;
import io.github.x402sessions.facilitator.store.Nodes;
import io.github.x402sessions.facilitator.store.UnitOfWork;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Held payments, for whoever serves: also those that were held before deferred settlement
 * was switched off.
 */
@Configuration(proxyBeanMethods = false)
public class HoldConfiguration {

	@Bean
	HeldPayments heldPayments(UnitOfWork unitOfWork, HoldRepository holds, CommitmentAccounts accounts,
			LendingBooks lending, OutcomeDeliveries deliveries, Nodes nodes) {
		return new HeldPayments(unitOfWork, holds, accounts, lending, deliveries, nodes.clock());
	}

	@Bean(initMethod = "start")
	HoldExpiry holdExpiry(HeldPayments payments, HoldObserver observer) {
		return new HoldExpiry(payments, observer);
	}

}
