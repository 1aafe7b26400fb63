package io.github.x402sessions.facilitator.settlement.repository;

import io.github.x402sessions.facilitator.store.Nodes;
import io.github.x402sessions.facilitator.store.jdbc.database.DatabaseClock;
import io.github.x402sessions.facilitator.store.jdbc.database.Dialect;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Repositories of settlements, transactions and deliveries.
 */
@Configuration(proxyBeanMethods = false)
public class RepositoryConfiguration {

	@Bean
	SettlementRepository settlementRepository(JdbcClient jdbc, TransactionOperations transactions, Nodes nodes,
			DatabaseClock clock) {
		return new SettlementRepository(jdbc, transactions, nodes, clock);
	}

	@Bean
	TransactionRepository transactionRepository(JdbcClient jdbc, TransactionOperations transactions, Dialect dialect,
			Nodes nodes, DatabaseClock clock, SettlementRepository books) {
		return new TransactionRepository(jdbc, transactions, dialect, nodes, clock, books);
	}

	@Bean
	OutcomeDeliveries outcomeDeliveries(JdbcClient jdbc, DatabaseClock clock) {
		return new OutcomeDeliveries(jdbc, clock);
	}

}
