package io.github.x402sessions.facilitator.store.jdbc.settlement;

import io.github.x402sessions.facilitator.settlement.recipient.RecipientBooks;
import io.github.x402sessions.facilitator.settlement.repository.DeliveryRepository;
import io.github.x402sessions.facilitator.settlement.repository.SettlementRepository;
import io.github.x402sessions.facilitator.settlement.repository.TransactionRepository;
import io.github.x402sessions.facilitator.store.Nodes;
import io.github.x402sessions.facilitator.store.UnitOfWork;
import io.github.x402sessions.facilitator.store.jdbc.database.DatabaseClock;
import io.github.x402sessions.facilitator.store.jdbc.database.Dialect;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The store of settlements.
 */
@Configuration(proxyBeanMethods = false)
public class SettlementStoreConfiguration {

	@Bean
	SettlementRepository settlementRepository(JdbcClient jdbc, Nodes nodes, DatabaseClock clock) {
		return new JdbcSettlementRepository(jdbc, nodes, clock);
	}

	@Bean
	TransactionRepository transactionRepository(JdbcClient jdbc, Dialect dialect, Nodes nodes, DatabaseClock clock) {
		return new JdbcTransactionRepository(jdbc, dialect, nodes, clock);
	}

	@Bean
	DeliveryRepository deliveryRepository(JdbcClient jdbc) {
		return new JdbcDeliveryRepository(jdbc);
	}

	@Bean
	RecipientBooks recipientBooks(JdbcClient jdbc, UnitOfWork unitOfWork) {
		return new JdbcRecipientBooks(jdbc, unitOfWork);
	}

}
