package io.github.x402sessions.facilitator.store.jdbc;

import java.time.Clock;

import io.github.x402sessions.facilitator.reconcile.ChainSearch;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The state of the search for transfers that the books lack. Thread-safe.
 */
final class JdbcChainSearch implements ChainSearch {

	private static final int LONGEST = 500;

	private final JdbcClient jdbc;

	private final Clock clock;

	private final String spender;

	/**
	 * Create it.
	 * @param jdbc the books
	 * @param clock the time that is written to rows
	 * @param spender the spender's address
	 */
	JdbcChainSearch(JdbcClient jdbc, Clock clock, String spender) {
		this.jdbc = jdbc;
		this.clock = clock;
		this.spender = spender;
	}

	@Override
	public long ledger() {
		return this.jdbc.sql("""
				select coalesce((select ledger from chain_search where spender = :spender),
				(select max(submitted_ledger) from chain_transaction), 0)""")
			.param("spender", this.spender)
			.query(Long.class)
			.single();
	}

	@Override
	public void searched(long ledger) {
		write(ledger, null);
	}

	@Override
	public void found(String difference) {
		write(ledger(), (difference.length() > LONGEST) ? difference.substring(0, LONGEST) : difference);
	}

	private void write(long ledger, @Nullable String difference) {
		this.jdbc.sql("""
				insert into chain_search (spender, ledger, difference, updated_at)
				values (:spender, :ledger, :difference, :now)
				on conflict (spender) do update set updated_at = excluded.updated_at,
				ledger = case when chain_search.difference is null then excluded.ledger else chain_search.ledger end,
				difference = coalesce(chain_search.difference, excluded.difference)""")
			.param("spender", this.spender)
			.param("ledger", ledger)
			.param("difference", difference)
			.param("now", this.clock.millis())
			.update();
	}

	@Override
	public void accept(long ledger) {
		this.jdbc.sql("delete from chain_search where spender = :spender").param("spender", this.spender).update();
		searched(ledger);
	}

	@Override
	public boolean isKnown(String hash) {
		return this.jdbc.sql("""
				select (select count(*) from chain_transaction where hash = :hash)
				+ (select count(*) from accepted_transfer where hash = :hash)""")
			.param("hash", hash)
			.query(Integer.class)
			.single() > 0;
	}

	@Override
	public void accept(String hash) {
		this.jdbc
			.sql("insert into accepted_transfer (hash, accepted_at) values (:hash, :now) on conflict (hash) do nothing")
			.param("hash", hash)
			.param("now", this.clock.millis())
			.update();
	}

	@Override
	public long acceptedNumber(String account) {
		return this.jdbc.sql("select number from accepted_number where account = :account")
			.param("account", account)
			.query(Long.class)
			.optional()
			.orElse(0L);
	}

	@Override
	public void accept(String account, long number) {
		this.jdbc.sql("""
				insert into accepted_number (account, number, accepted_at) values (:account, :number, :now)
				on conflict (account) do update set number = excluded.number, accepted_at = excluded.accepted_at""")
			.param("account", account)
			.param("number", number)
			.param("now", this.clock.millis())
			.update();
	}

}
