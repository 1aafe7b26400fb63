package io.github.x402sessions.facilitator.session;

import java.util.UUID;

import io.github.x402sessions.facilitator.store.jdbc.StoredRow;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * A row as a node of the version before writes it: 10 units, approved in ledger 10.
 */
public final class StoredSession {

	private StoredSession() {
	}

	public static String insert(JdbcClient jdbc, String payer, String asset, long expirationLedger) {
		String key = UUID.randomUUID().toString();
		StoredRow.session(key)
			.with("payer", payer)
			.with("spender", "spender")
			.with("asset", asset)
			.with("cap", 10)
			.with("expiration_ledger", expirationLedger)
			.insert(jdbc);
		return key;
	}

}
