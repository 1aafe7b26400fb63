package io.github.x402sessions.spring.answers;

import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

import javax.sql.DataSource;

import io.github.x402sessions.spring.free.FreeCallCounter;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Counts free calls in a table of the application's database, PostgreSQL or SQLite, each
 * caller's of a day and a route in a row of its own. Thread-safe.
 */
final class JdbcFreeCalls implements FreeCallCounter {

	private static final String TAKE = """
			insert into x402_free_call as a (id, used, expires_at) values (?, 1, ?)
			on conflict (id) do update set used = a.used + 1 where a.used < ?
			returning used""";

	private static final String GIVE_BACK = "update x402_free_call set used = used - 1 where id = ? and used > 0";

	private static final String CLEAN = """
			delete from x402_free_call where id in
			(select id from x402_free_call where expires_at < ? order by expires_at limit 1000)""";

	/** So many new rows make it worth while to look for old ones. */
	private static final int CLEANED_EVERY = 250;

	/** A statement that waits for a lock ends by itself some time, seconds. */
	private static final int QUERY_TIMEOUT = 30;

	private final JdbcTemplate jdbc;

	/** A pool may hand connections out that commit nothing by themselves. */
	private final TransactionTemplate transactions;

	private final AtomicInteger rows = new AtomicInteger();

	JdbcFreeCalls(DataSource dataSource) {
		this.jdbc = new JdbcTemplate(dataSource);
		this.jdbc.setQueryTimeout(QUERY_TIMEOUT);
		this.transactions = new TransactionTemplate(new JdbcTransactionManager(dataSource));
	}

	@Override
	public boolean take(String key, int limit, Instant end) {
		List<Integer> used = this.transactions.execute((status) -> this.jdbc.query(TAKE, (row, number) -> row.getInt(1),
				key, end.plus(RedisFreeCalls.MARGIN).toEpochMilli(), limit));
		if (used.contains(1) && this.rows.getAndIncrement() % CLEANED_EVERY == 0) {
			clean();
		}
		return !used.isEmpty();
	}

	/** What is not forgotten now is so later on. */
	private void clean() {
		try {
			update(CLEAN, Instant.now().toEpochMilli());
		}
		catch (DataAccessException | TransactionException ex) {
			this.rows.set(0);
		}
	}

	@Override
	public void giveBack(String key, Instant end) {
		update(GIVE_BACK, key);
	}

	private void update(String sql, Object argument) {
		this.transactions.executeWithoutResult((status) -> this.jdbc.update(sql, argument));
	}

	@Override
	public String place() {
		return "the database";
	}

}
