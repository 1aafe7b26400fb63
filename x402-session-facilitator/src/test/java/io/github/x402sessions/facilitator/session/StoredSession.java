package io.github.x402sessions.facilitator.session;

import java.util.UUID;

import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * A row as a node of the version before writes it: 10 units, approved in ledger 10.
 */
public final class StoredSession {

	private StoredSession() {
	}

	public static String insert(JdbcClient jdbc, String payer, String asset, long expirationLedger) {
		String key = UUID.randomUUID().toString();
		jdbc.sql("""
				insert into payment_session (id, token_hash, proven, network, approval, approval_ledger, payer, spender,
				asset, recipient, cap, expiration_ledger, created_at, updated_at)
				values (:id, :id, true, 'n', :id, 10, :payer, 'spender', :asset, 'r', 10, :ledger, 0, 0)""")
			.param("id", key)
			.param("payer", payer)
			.param("asset", asset)
			.param("ledger", expirationLedger)
			.update();
		return key;
	}

}
