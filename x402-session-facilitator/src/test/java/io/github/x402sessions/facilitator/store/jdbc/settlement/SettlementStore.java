package io.github.x402sessions.facilitator.store.jdbc.settlement;

import java.time.Clock;

import io.github.x402sessions.facilitator.settlement.recipient.RecipientBooks;
import io.github.x402sessions.facilitator.settlement.repository.DeliveryRepository;
import io.github.x402sessions.facilitator.settlement.repository.SettlementRepository;
import io.github.x402sessions.facilitator.settlement.repository.TransactionRepository;
import io.github.x402sessions.facilitator.store.Nodes;
import io.github.x402sessions.facilitator.store.UnitOfWork;
import io.github.x402sessions.facilitator.store.jdbc.database.Dialect;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The store of settlements, for tests.
 */
public final class SettlementStore {

	private SettlementStore() {
	}

	public static SettlementRepository settlements(JdbcClient jdbc, Nodes nodes, Clock clock) {
		return new JdbcSettlementRepository(jdbc, nodes, clock);
	}

	public static TransactionRepository transactions(JdbcClient jdbc, Dialect dialect, Nodes nodes, Clock clock) {
		return new JdbcTransactionRepository(jdbc, dialect, nodes, clock);
	}

	public static DeliveryRepository deliveries(JdbcClient jdbc) {
		return new JdbcDeliveryRepository(jdbc);
	}

	public static RecipientBooks recipients(JdbcClient jdbc, UnitOfWork unitOfWork) {
		return new JdbcRecipientBooks(jdbc, unitOfWork);
	}

}
