package io.github.x402sessions.facilitator.store.jdbc.session;

import java.math.BigInteger;
import java.sql.ResultSet;
import java.sql.SQLException;

import io.github.x402sessions.facilitator.session.Session;
import io.github.x402sessions.facilitator.session.SessionEnd;
import io.github.x402sessions.facilitator.session.SessionTerms;

/**
 * Reads a {@link Session} from a row of {@code payment_session}.
 */
final class SessionRow {

	private SessionRow() {
	}

	static Session read(ResultSet row, int number) throws SQLException {
		SessionTerms terms = new SessionTerms(row.getString("network"), row.getString("approval"),
				row.getString("payer"), row.getString("spender"), row.getString("asset"), row.getString("recipient"),
				BigInteger.valueOf(row.getLong("cap")), row.getLong("expiration_ledger"), row.getString("session_key"));
		return new Session(row.getString("id"), terms, row.getLong("approval_ledger"), row.getBoolean("proven"),
				BigInteger.valueOf(row.getLong("spent")), BigInteger.valueOf(row.getLong("reserved")),
				lastLedger(row, terms.expirationLedger()),
				row.getBoolean("superseded") ? SessionEnd.stored(row.getString("end_reason")) : null,
				BigInteger.valueOf(row.getLong("committed")), row.getBoolean("frozen"));
	}

	private static long lastLedger(ResultSet row, long expirationLedger) throws SQLException {
		long lastLedger = row.getLong("last_ledger");
		return row.wasNull() ? expirationLedger : lastLedger;
	}

}
