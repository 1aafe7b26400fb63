package io.github.x402sessions.facilitator.store.jdbc.session;

import java.math.BigInteger;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;

import io.github.x402sessions.facilitator.session.PastCall;
import io.github.x402sessions.facilitator.session.PastCalls;
import io.github.x402sessions.facilitator.session.Session;

import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The calls that sessions have paid for, by their settlements. Thread-safe.
 */
final class JdbcPastCalls implements PastCalls {

	private static final int SHOWN = 20;

	/** In the order of an index, or each look would sort all that a session ever paid. */
	static final String LATEST = """
			select amount, status, tx_hash, updated_at,
			exists (select 1 from payment_evidence e where e.settlement_id = settlement.id) as signed
			from settlement where session_id = :session
			order by created_at desc, id limit :shown""";

	private final JdbcClient jdbc;

	/**
	 * Create it.
	 * @param jdbc the database
	 */
	JdbcPastCalls(JdbcClient jdbc) {
		this.jdbc = jdbc;
	}

	@Override
	public List<PastCall> of(Session session) {
		return this.jdbc.sql(LATEST)
			.param("session", session.key())
			.param("shown", SHOWN)
			.query(JdbcPastCalls::read)
			.list();
	}

	private static PastCall read(ResultSet row, int number) throws SQLException {
		return new PastCall(BigInteger.valueOf(row.getLong("amount")), state(row.getString("status")),
				row.getString("tx_hash"), Instant.ofEpochMilli(row.getLong("updated_at")), row.getBoolean("signed"));
	}

	private static PastCall.State state(String status) {
		return switch (status) {
			case "CONFIRMED" -> PastCall.State.SETTLED;
			case "FAILED", "DEAD", "RELEASED" -> PastCall.State.FAILED;
			case "HELD" -> PastCall.State.HELD;
			case "COMMITTED" -> PastCall.State.COMMITTED;
			case "DEFAULTED", "WRITTEN_OFF" -> PastCall.State.DEFAULTED;
			default -> PastCall.State.PENDING;
		};
	}

}
