package io.github.x402sessions.facilitator;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;

import io.github.x402sessions.facilitator.store.jdbc.database.Dialect;
import org.stellar.sdk.KeyPair;

import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/**
 * Makes books as they are after years: sessions of which half have expired, and
 * settlements of sixty days, each by a transaction of its own, a tenth of them of one
 * session. Their keys are spread over all that is possible, as real ones are. Nobody else
 * may have the books open.
 */
final class LargeBooks {

	private static final long AGE = Duration.ofDays(60).toMillis();

	/** Settlements for which one session pays more than all others. */
	private static final int HEAVY_SHARE = 10;

	/** Transactions of which one has not been applied. */
	private static final int DEAD_SHARE = 50;

	private static final long AMOUNT = 1_000;

	private static final int AT_ONCE = 1_000_000;

	private static final int SESSIONS_AT_ONCE = 1_000;

	private static final long SPREAD = 2_654_435_761L;

	/** A permutation of the numbers below 2^32, 11 digits. */
	private static final String KEY = "cast(10000000000 + (i * " + SPREAD + ") % 4294967296 as text)";

	private static final String HASH = KEY + " || '" + "e".repeat(53) + "'";

	private static final String NUMBERS = "with recursive numbers (i) as (select cast(? as bigint) union all select i + 1 "
			+ "from numbers where i < ?) ";

	private static final String TRANSACTIONS = """
			insert into chain_transaction (hash, envelope, source, sequence, max_time, submitted_ledger, status, ledger, node,
			created_at, updated_at)
			%s select %s, '%s', 'channel-' || (i %% 64), i / 64, 1, 1,
			case when i %% %d = 0 then 'DEAD' else 'CONFIRMED' end, 2, 'gone', ? + i * ?, ? + i * ? from numbers"""
		.formatted(NUMBERS, HASH, "A".repeat(300), DEAD_SHARE);

	/**
	 * Identifiers are kept for thirty days: those of 14 hours are yet to be forgotten.
	 */
	private static final String SETTLEMENTS = """
			insert into settlement (id, session_id, asset, payer, recipient, amount, status, tx_hash, ledger, node, payment_id,
			payment_terms, created_at, updated_at)
			%s select %s || '-0000-0000-0000-000000000', case when i %% %d = 0 then ? else 'session-' || (i %% ?) end, ?, ?, ?,
			%d, case when i %% %d = 0 then 'DEAD' else 'CONFIRMED' end, %s, 2, 'gone',
			case when i >= ? then 'pay_' || %s end, case when i >= ? then '%s' end, ? + i * ?, ? + i * ? from numbers"""
		.formatted(NUMBERS, KEY, HEAVY_SHARE, AMOUNT, DEAD_SHARE, HASH, KEY, "t".repeat(64));

	private final JdbcTemplate jdbc;

	private final Dialect dialect;

	private LargeBooks(JdbcTemplate jdbc, Dialect dialect) {
		this.jdbc = jdbc;
		this.dialect = dialect;
	}

	/**
	 * Fill books that have one session, which the heaviest use is made of.
	 * @param properties where they are
	 * @param sessions how many others are added, a multiple of ten
	 * @param settlements how many there are then, a multiple of that
	 */
	static void fill(Map<String, String> properties, long sessions, long settlements) throws SQLException {
		String url = properties.get("facilitator.database-url");
		try (Connection connection = DriverManager.getConnection(url,
				properties.getOrDefault("facilitator.database-username", ""), "")) {
			JdbcTemplate jdbc = new JdbcTemplate(new SingleConnectionDataSource(connection, true));
			new LargeBooks(jdbc, Dialect.of(url)).fill(sessions, settlements);
		}
	}

	private void fill(long sessions, long settlements) {
		Heavy heavy = this.jdbc.queryForObject("select id, asset, payer, recipient, spender from payment_session",
				(row, number) -> new Heavy(row.getString(1), row.getString(2), row.getString(3), row.getString(4),
						row.getString(5)));
		prepare();
		List<String> indexes = dropIndexes();
		for (long first = 0; first < sessions; first += SESSIONS_AT_ONCE) {
			sessions(first, settlements / sessions * AMOUNT, heavy);
		}
		for (long first = 0; first < settlements; first += AT_ONCE) {
			settlements(first, Math.min(settlements, first + AT_ONCE) - 1, settlements, sessions, heavy);
		}
		indexes.forEach(this.jdbc::execute);
		long paid = (settlements / HEAVY_SHARE - settlements / DEAD_SHARE) * AMOUNT;
		this.jdbc.update("update payment_session set spent = ?, cap = cap + ? where id = ?", paid, paid, heavy.id);
		if (this.dialect == Dialect.POSTGRESQL) {
			this.jdbc.execute("vacuum analyze");
		}
	}

	/** No crash matters yet, and all that is referred to will be there. */
	private void prepare() {
		if (this.dialect == Dialect.POSTGRESQL) {
			this.jdbc.execute("set synchronous_commit = off; set session_replication_role = replica; "
					+ "set maintenance_work_mem = '1GB'");
			return;
		}
		for (String setting : List.of("journal_mode = off", "synchronous = off", "foreign_keys = off",
				"cache_size = -2000000")) {
			this.jdbc.execute("pragma " + setting);
		}
	}

	/** Return how to make them again. */
	private List<String> dropIndexes() {
		String all = (this.dialect == Dialect.POSTGRESQL) ? """
				select indexname as name, indexdef as sql from pg_indexes
				where tablename in ('payment_session', 'chain_transaction', 'settlement')
				and indexname not in (select conname from pg_constraint)""" : """
				select name, sql from sqlite_master where type = 'index' and sql is not null
				and tbl_name in ('payment_session', 'chain_transaction', 'settlement')""";
		return this.jdbc.queryForList(all).stream().map((index) -> {
			this.jdbc.execute("drop index " + index.get("name"));
			return (String) index.get("sql");
		}).toList();
	}

	/** The settlements of every tenth are those of the one that there is. */
	private void sessions(long first, long spent, Heavy heavy) {
		this.jdbc.batchUpdate(
				"""
						insert into payment_session (id, token_hash, proven, network, approval, approval_ledger, payer, spender, asset,
						recipient, cap, spent, expiration_ledger, created_at, updated_at)
						values (?, ?, ?, 'stellar:testnet', ?, 1, ?, ?, ?, ?, 100000000, ?, ?, 1, 1)""",
				LongStream.range(first, first + SESSIONS_AT_ONCE).mapToObj((i) -> {
					String hash = "%08x%s".formatted(i * SPREAD & 0xffff_ffffL, "e".repeat(56));
					return new Object[] { "session-" + i, hash, true, hash, KeyPair.random().getAccountId(),
							heavy.spender, heavy.asset, heavy.recipient, (i % HEAVY_SHARE == 0) ? 0 : spent,
							(i % 2 == 0) ? 1 : 1_000_000 };
				}).toList());
	}

	private void settlements(long first, long last, long all, long sessions, Heavy heavy) {
		long begin = System.currentTimeMillis() - AGE;
		long pause = AGE / all;
		long named = all / 2 - all / 100;
		this.jdbc.update(TRANSACTIONS, first, last, begin, pause, begin, pause);
		this.jdbc.update(SETTLEMENTS, first, last, heavy.id, sessions, heavy.asset, heavy.payer, heavy.recipient, named,
				named, begin, pause, begin, pause);
	}

	/**
	 * The session that there is.
	 */
	private record Heavy(String id, String asset, String payer, String recipient, String spender) {
	}

}
