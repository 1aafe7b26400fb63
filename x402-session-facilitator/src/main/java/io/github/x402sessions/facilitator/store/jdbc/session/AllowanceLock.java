package io.github.x402sessions.facilitator.store.jdbc.session;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;

import io.github.x402sessions.stellar.balance.AllowanceKey;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Keeps others from registering sessions of one allowance, from reserving of those that
 * there are and from committing what its payer has, until the database transaction ends
 * in which it is taken. What is read after that stays true until then. Thread-safe.
 */
final class AllowanceLock {

	private final JdbcClient jdbc;

	AllowanceLock(JdbcClient jdbc) {
		this.jdbc = jdbc;
	}

	void take(AllowanceKey key) {
		hold(List.of(key));
		this.jdbc.sql("""
				update payment_session set updated_at = updated_at
				where payer = :payer and spender = :spender and asset = :asset""")
			.param("payer", key.from())
			.param("spender", key.spender())
			.param("asset", key.asset())
			.update();
	}

	/**
	 * Keep others only from taking and holding, of several allowances in one order.
	 * @param keys the allowances
	 */
	void hold(Collection<AllowanceKey> keys) {
		List<Object[]> rows = keys.stream()
			.distinct()
			.sorted(Comparator.comparing(AllowanceKey::from)
				.thenComparing(AllowanceKey::asset)
				.thenComparing(AllowanceKey::spender))
			.map((key) -> new Object[] { key.from(), key.spender(), key.asset() })
			.toList();
		this.jdbc.sql("""
				insert into allowance_lock (payer, spender, asset) values :rows
				on conflict (payer, spender, asset) do update set taken = allowance_lock.taken + 1""")
			.param("rows", rows)
			.update();
	}

}
