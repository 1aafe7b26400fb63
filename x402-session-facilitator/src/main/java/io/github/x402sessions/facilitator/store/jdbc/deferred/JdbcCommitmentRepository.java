package io.github.x402sessions.facilitator.store.jdbc.deferred;

import java.math.BigInteger;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;

import io.github.x402sessions.core.protocol.DeferralStatus;
import io.github.x402sessions.facilitator.deferred.CommitmentRepository;
import io.github.x402sessions.facilitator.deferred.CommitmentState;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The commitments among the settlements in the database. Thread-safe.
 *
 * @param jdbc the database
 */
record JdbcCommitmentRepository(JdbcClient jdbc) implements CommitmentRepository {

	@Override
	public Optional<CommitmentState> find(String id) {
		return this.jdbc
			.sql("select status, tx_hash, ledger, amount, payment_id from settlement where id = :id and deferred")
			.param("id", id)
			.query(JdbcCommitmentRepository::state)
			.optional();
	}

	private static CommitmentState state(ResultSet row, int number) throws SQLException {
		DeferralStatus status = DeferralStatus.valueOf(row.getString("status"));
		return new CommitmentState(status, row.getString("tx_hash"),
				(row.getObject("ledger") instanceof Number ledger) ? ledger.longValue() : null,
				(status == DeferralStatus.RELEASED) ? BigInteger.ZERO : BigInteger.valueOf(row.getLong("amount")),
				row.getString("payment_id"));
	}

}
