package io.github.x402sessions.facilitator.operations;

import java.time.Duration;
import java.util.List;

import io.github.x402sessions.facilitator.deferred.hold.HoldObserver;
import io.github.x402sessions.facilitator.deferred.redemption.RedemptionObserver;
import io.github.x402sessions.facilitator.discovery.CatalogueObserver;
import io.github.x402sessions.facilitator.event.delivery.EventBacklog;
import io.github.x402sessions.facilitator.event.delivery.EventObserver;
import io.github.x402sessions.facilitator.event.delivery.EventOutbox;
import io.github.x402sessions.facilitator.key.ConfiguredSpenders;
import io.github.x402sessions.facilitator.key.SpenderWatch;
import io.github.x402sessions.facilitator.key.Spenders;
import io.github.x402sessions.facilitator.reconcile.ConsistencyMonitor;
import io.github.x402sessions.facilitator.settlement.tracking.SettlementObserver;
import io.github.x402sessions.facilitator.store.Nodes;
import io.github.x402sessions.stellar.approval.SponsorshipBudget;
import io.github.x402sessions.stellar.rpc.LedgerClock;
import io.github.x402sessions.stellar.transfer.TransferReadinessReader;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Metrics;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;

/**
 * The facilitator's figures. Without a registry of its own they go to the global one,
 * where the application that it lives in finds them.
 */
@Configuration(proxyBeanMethods = false)
public class MeterConfiguration {

	/** All that was kept for receivers has to be counted. */
	private static final Duration BACKLOGS = Duration.ofSeconds(15);

	public static MeterRegistry registry(ObjectProvider<MeterRegistry> registries) {
		return registries.getIfAvailable(() -> Metrics.globalRegistry);
	}

	@Bean
	BooksMeters booksMeters(OpenWork open, LedgerClock ledgers, ConsistencyMonitor watch) {
		return new BooksMeters(open, ledgers, watch);
	}

	@Bean
	LumenMeters lumenMeters(TransferReadinessReader reader, Spenders spenders, OpenWork open) {
		return new LumenMeters(reader, spenders, open);
	}

	@Bean
	KeyMeters keyMeters(ConfiguredSpenders spenders, SpenderWatch watch) {
		return new KeyMeters(spenders, watch);
	}

	@Bean
	@Primary
	SponsorshipBudget meteredSponsorshipBudget(@Qualifier("sponsorshipBudget") SponsorshipBudget budget,
			ObjectProvider<MeterRegistry> registries) {
		return new MeteredSponsorship(budget, registry(registries));
	}

	@Bean
	RedemptionObserver redemptionObserver(ObjectProvider<MeterRegistry> registries, Nodes nodes) {
		return new RedemptionMeters(registry(registries), nodes.clock());
	}

	@Bean
	HoldObserver holdObserver(ObjectProvider<MeterRegistry> registries) {
		return new HoldMeters(registry(registries));
	}

	@Bean
	CatalogueObserver catalogueObserver(ObjectProvider<MeterRegistry> registries) {
		return new DiscoveryMeters(registry(registries));
	}

	@Bean
	OwnAilment ownAilment(Spenders spenders, OpenWork open, TransferReadinessReader reader, ConsistencyMonitor watch) {
		return new OwnAilment(spenders, open, reader, watch);
	}

	@Bean
	RecentReading<List<EventBacklog>> recentBacklogs(EventOutbox outbox) {
		return new RecentReading<>(BACKLOGS, outbox::backlogs);
	}

	@Bean
	EventObserver eventObserver(ObjectProvider<MeterRegistry> registries, RecentReading<List<EventBacklog>> backlogs) {
		return new EventMeters(registry(registries), backlogs);
	}

	@Bean
	SettlementObserver settlementObserver(ObjectProvider<MeterRegistry> registries) {
		return new SettlementMeters(registry(registries));
	}

}
