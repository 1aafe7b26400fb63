package io.github.x402sessions.facilitator.store.jdbc;

import java.time.Clock;
import java.time.Duration;
import java.util.Collection;

import io.github.x402sessions.facilitator.operations.OpenWork;
import io.github.x402sessions.facilitator.store.jdbc.database.Statuses;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Counts in the books what is open, and how the last payments went.
 *
 * @param jdbc the database
 * @param clock the time that is written to rows
 */
record JdbcOpenWork(JdbcClient jdbc, Clock clock) implements OpenWork {

	@Override
	public long reserved() {
		return number("select count(*) from settlement where status in " + Statuses.OPEN);
	}

	@Override
	public long held() {
		return number("select count(*) from settlement where status = 'HELD'");
	}

	@Override
	public long transactions() {
		return number("select count(*) from chain_transaction where status in ('OPEN', 'OVER')");
	}

	/** The sum keeps databases from walking all transactions by their age. */
	@Override
	public Duration oldestTransaction() {
		long now = this.clock.millis();
		long oldest = this.jdbc
			.sql("select coalesce(min(created_at + 0), :now) from chain_transaction where status in ('OPEN', 'OVER')")
			.param("now", now)
			.query(Long.class)
			.single();
		return Duration.ofMillis(Math.max(0, now - oldest));
	}

	@Override
	public long channels() {
		return number("select count(*) from channel");
	}

	@Override
	public long insolventChannels() {
		return number("select count(*) from channel where not solvent");
	}

	@Override
	public long channelsInUse() {
		Long count = this.jdbc.sql("""
				select count(*) from channel where (lease is not null and leased_until > :now)
				or exists (select 1 from chain_transaction t where t.source = channel.address and t.status = 'OPEN')""")
			.param("now", this.clock.millis())
			.query(Long.class)
			.single();
		return count;
	}

	@Override
	public Collection<String> channelAddresses() {
		return this.jdbc.sql("select address from channel where slot > 0 order by slot")
			.query((row, number) -> row.getString(1))
			.list();
	}

	@Override
	public double ledgersToConfirm(Duration lately) {
		@Nullable Double average = this.jdbc.sql("""
				select avg(1.0 * (ledger - submitted_ledger)) from chain_transaction
				where status = 'CONFIRMED' and updated_at > :since""")
			.param("since", this.clock.millis() - lately.toMillis())
			.query(Double.class)
			.optional()
			.orElse(null);
		return (average != null) ? average : Double.NaN;
	}

	private long number(String sql) {
		return this.jdbc.sql(sql).query(Long.class).single();
	}

}
