package io.github.x402sessions.facilitator.store.jdbc;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * A row that a test finds in the books. Unless the test says otherwise, the payer
 * {@code p} pays the recipient {@code r} in the asset {@code C}, all of it with the
 * session {@code k} that the spender {@code s} may draw 1000 units on until ledger 900,
 * and everything is as old as can be.
 */
public final class StoredRow {

	private final String table;

	private final Map<String, Object> columns;

	private StoredRow(String table, Map<String, Object> columns) {
		this.table = table;
		this.columns = columns;
	}

	private static StoredRow of(String table, Map<String, Object> columns) {
		return new StoredRow(table, columns).with("created_at", 0).with("updated_at", 0);
	}

	/** A session by its name in the store, which is also its approval and its token. */
	public static StoredRow session(String key) {
		return of("payment_session", Map.of("id", key, "token_hash", key, "proven", true, "network", "n"))
			.with("approval", key)
			.with("approval_ledger", 10)
			.with("payer", "p")
			.with("spender", "s")
			.with("asset", "C")
			.with("recipient", "r")
			.with("cap", 1000)
			.with("expiration_ledger", 900);
	}

	/** A settlement of ten units. */
	public static StoredRow settlement(String id, String status) {
		return of("settlement", Map.of("id", id, "session_id", "k", "status", status)).with("asset", "C")
			.with("payer", "p")
			.with("recipient", "r")
			.with("amount", 10);
	}

	/** An open commitment of ten units, which has its identifier from its name. */
	public static StoredRow commitment(String id) {
		return settlement(id, "COMMITTED").with("deferred", true).with("payment_id", id).with("payment_terms", "terms");
	}

	/** A transaction with the eighth number of the account {@code source}. */
	public static StoredRow transaction(String hash, String status) {
		return of("chain_transaction", Map.of("hash", hash, "status", status, "envelope", "AAAA"))
			.with("source", "source")
			.with("sequence", 8)
			.with("max_time", 1)
			.with("submitted_ledger", 1);
	}

	/** The same row but for one column. */
	public StoredRow with(String column, Object value) {
		Map<String, Object> changed = new LinkedHashMap<>(this.columns);
		changed.put(column, value);
		return new StoredRow(this.table, Collections.unmodifiableMap(changed));
	}

	public void insert(JdbcClient jdbc) {
		jdbc.sql("insert into %s (%s) values (%s)".formatted(this.table, String.join(", ", this.columns.keySet()),
				this.columns.keySet().stream().map(":"::concat).collect(Collectors.joining(", "))))
			.params(this.columns)
			.update();
	}

}
