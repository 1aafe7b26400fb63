package io.github.x402sessions.facilitator.store.jdbc.deferred;

import java.time.Clock;

import io.github.x402sessions.facilitator.deferred.CommitmentRepository;
import io.github.x402sessions.facilitator.deferred.LendingBooks;
import io.github.x402sessions.facilitator.deferred.hold.HoldRepository;
import io.github.x402sessions.facilitator.deferred.redemption.RedemptionRepository;
import io.github.x402sessions.facilitator.deferred.retention.LendingRetention;
import io.github.x402sessions.facilitator.key.Spenders;
import io.github.x402sessions.facilitator.store.Nodes;
import io.github.x402sessions.facilitator.store.jdbc.database.Dialect;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The store of what is deferred, for tests.
 */
public final class DeferredStore {

	private DeferredStore() {
	}

	public static LendingBooks lending(JdbcClient jdbc, Nodes nodes, Clock clock) {
		return new JdbcLendingBooks(jdbc, nodes, clock);
	}

	public static CommitmentRepository commitments(JdbcClient jdbc) {
		return new JdbcCommitmentRepository(jdbc);
	}

	public static HoldRepository holds(JdbcClient jdbc, Nodes nodes, Clock clock) {
		return new JdbcHoldRepository(jdbc, nodes, clock);
	}

	public static LendingRetention retention(JdbcClient jdbc, Dialect dialect, Clock clock) {
		return new JdbcLendingRetention(jdbc, dialect, clock);
	}

	public static RedemptionRepository redemptions(JdbcClient jdbc, Nodes nodes, Clock clock, Spenders spenders) {
		return new JdbcRedemptionRepository(jdbc, nodes, clock, spenders);
	}

}
