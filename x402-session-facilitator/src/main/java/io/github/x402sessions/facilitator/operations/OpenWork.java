package io.github.x402sessions.facilitator.operations;

import java.time.Duration;
import java.util.Collection;

import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Counts in the books what is open, and how the last payments went.
 *
 * @param jdbc the database
 */
record OpenWork(JdbcClient jdbc) {

	/** Return how many settlements hold an amount that is neither paid nor free. */
	long reserved() {
		return number("select count(*) from settlement where status in ('RESERVED', 'SUBMITTED')");
	}

	/** Return how many transactions may still be applied, or be found to have been. */
	long transactions() {
		return number("select count(*) from chain_transaction where status in ('OPEN', 'OVER')");
	}

	long channels() {
		return number("select count(*) from channel");
	}

	/** Return how many channels have too few lumens for a transaction. */
	long insolventChannels() {
		return number("select count(*) from channel where not solvent");
	}

	/** Return how many channels a transaction is being made of. */
	long channelsInUse(long now) {
		Long count = this.jdbc.sql("""
				select count(*) from channel where (lease is not null and leased_until > :now)
				or exists (select 1 from chain_transaction t where t.source = channel.address and t.status = 'OPEN')""")
			.param("now", now)
			.query(Long.class)
			.single();
		return count;
	}

	Collection<String> channelAddresses() {
		return this.jdbc.sql("select address from channel where slot > 0 order by slot")
			.query((row, number) -> row.getString(1))
			.list();
	}

	/**
	 * Return after how many ledgers transactions were applied, on average of those that
	 * ended lately; not a number where none did.
	 */
	double ledgersToConfirm(long now, Duration lately) {
		@Nullable Double average = this.jdbc.sql("""
				select avg(1.0 * (ledger - submitted_ledger)) from chain_transaction
				where status = 'CONFIRMED' and updated_at > :since""")
			.param("since", now - lately.toMillis())
			.query(Double.class)
			.optional()
			.orElse(null);
		return (average != null) ? average : Double.NaN;
	}

	private long number(String sql) {
		return this.jdbc.sql(sql).query(Long.class).single();
	}

}
