package io.github.x402sessions.facilitator.operations;

import java.time.Clock;
import java.util.List;

import io.github.x402sessions.facilitator.deferred.redemption.PeriodicRedemption;
import io.github.x402sessions.facilitator.event.delivery.EventBacklog;
import io.github.x402sessions.facilitator.key.ConfiguredSpenders;
import io.github.x402sessions.facilitator.key.SpenderWatch;
import io.github.x402sessions.facilitator.key.Spenders;
import io.github.x402sessions.facilitator.reconcile.ConsistencyMonitor;
import io.github.x402sessions.facilitator.store.Nodes;
import io.github.x402sessions.stellar.rpc.LedgerClock;
import io.github.x402sessions.stellar.transfer.TransferReadinessReader;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Contributions to {@code /actuator/health}, where there is one.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnClass(name = "org.springframework.boot.health.contributor.HealthIndicator")
public class HealthConfiguration {

	@Bean
	LedgerHealth ledgerHealthIndicator(LedgerClock ledgers) {
		return new LedgerHealth(ledgers, Clock.systemUTC());
	}

	@Bean
	FeeHealth feesHealthIndicator(TransferReadinessReader reader, Spenders spenders, OpenWork open) {
		return new FeeHealth(reader, spenders, open);
	}

	@Bean
	KeyHealth keysHealthIndicator(ConfiguredSpenders spenders, SpenderWatch watch) {
		return new KeyHealth(spenders, watch);
	}

	@Bean
	RedemptionHealth commitmentsHealthIndicator(PeriodicRedemption redemption) {
		return new RedemptionHealth(redemption::state);
	}

	@Bean
	EventHealth eventsHealthIndicator(RecentReading<List<EventBacklog>> backlogs) {
		return new EventHealth(backlogs);
	}

	@Bean
	BooksHealth booksHealthIndicator(OpenWork open, Nodes nodes, ConsistencyMonitor watch) {
		return new BooksHealth(open, nodes, watch);
	}

}
