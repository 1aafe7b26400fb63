package io.github.x402sessions.facilitator.store.jdbc.deferred;

import io.github.x402sessions.facilitator.deferred.CommitmentRepository;
import io.github.x402sessions.facilitator.deferred.LendingBooks;
import io.github.x402sessions.facilitator.deferred.hold.HoldRepository;
import io.github.x402sessions.facilitator.deferred.redemption.RedemptionRepository;
import io.github.x402sessions.facilitator.deferred.retention.LendingRetention;
import io.github.x402sessions.facilitator.key.Spenders;
import io.github.x402sessions.facilitator.store.Nodes;
import io.github.x402sessions.facilitator.store.jdbc.database.DatabaseClock;
import io.github.x402sessions.facilitator.store.jdbc.database.Dialect;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The store of what is deferred.
 */
@Configuration(proxyBeanMethods = false)
public class DeferredStoreConfiguration {

	@Bean
	CommitmentRepository commitmentRepository(JdbcClient jdbc) {
		return new JdbcCommitmentRepository(jdbc);
	}

	@Bean
	HoldRepository holdRepository(JdbcClient jdbc, Nodes nodes, DatabaseClock clock) {
		return new JdbcHoldRepository(jdbc, nodes, clock);
	}

	@Bean
	LendingBooks lendingBooks(JdbcClient jdbc, Nodes nodes, DatabaseClock clock) {
		return new JdbcLendingBooks(jdbc, nodes, clock);
	}

	@Bean
	LendingRetention lendingRetention(JdbcClient jdbc, Dialect dialect, DatabaseClock clock) {
		return new JdbcLendingRetention(jdbc, dialect, clock);
	}

	@Bean
	RedemptionRepository redemptionRepository(JdbcClient jdbc, Nodes nodes, DatabaseClock clock, Spenders spenders) {
		return new JdbcRedemptionRepository(jdbc, nodes, clock, spenders);
	}

}
