package io.github.x402sessions.facilitator.store.jdbc;

import io.github.x402sessions.stellar.balance.AllowanceKey;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Keeps others from registering sessions of one allowance, and from reserving of those
 * that there are, until the database transaction ends in which it is taken. What is read
 * after that stays true until then. Thread-safe.
 */
final class AllowanceLock {

	private final JdbcClient jdbc;

	AllowanceLock(JdbcClient jdbc) {
		this.jdbc = jdbc;
	}

	void take(AllowanceKey key) {
		execute("""
				insert into allowance_lock (payer, spender, asset) values (:payer, :spender, :asset)
				on conflict (payer, spender, asset) do update set taken = allowance_lock.taken + 1""", key);
		execute("""
				update payment_session set updated_at = updated_at
				where payer = :payer and spender = :spender and asset = :asset""", key);
	}

	private void execute(String sql, AllowanceKey key) {
		this.jdbc.sql(sql)
			.param("payer", key.from())
			.param("spender", key.spender())
			.param("asset", key.asset())
			.update();
	}

}
