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
 * Makes books as they are after years: sessions of which most have expired, half for one
 * recipient, and settlements of sixty days, a tenth of them of one session. Every other
 * one was committed, and fifty of these were paid by one transaction; some were never
 * paid, some are of accounts. What is left of them is there too: evidence, days, numbers,
 * events. Some commitments of a thousand pairs are open. Keys are spread over all that is
 * possible, as real ones are. Nobody else may have the books open.
 */
final class LargeBooks {

	private static final long AGE = Duration.ofDays(60).toMillis();

	/** Settlements for which one session pays more than all others. */
	private static final int HEAVY_SHARE = 10;

	/** Transactions of which one has not been applied. */
	private static final int DEAD_SHARE = 50;

	private static final long AMOUNT = 1_000;

	private static final int OPEN_PAIRS = 1_000;

	private static final int OPEN_OF_A_PAIR = 20;

	/**
	 * What the heavy session leaves of its allowance to those of which something is open.
	 */
	private static final long CAP_OF_OPEN = 50_000;

	private static final int AT_ONCE = 1_000_000;

	/**
	 * Sessions of which one has not expired. Its payer has no account, for which the
	 * chain is searched.
	 */
	private static final int LIVE_SHARE = 50;

	private static final int SESSIONS_AT_ONCE = 1_000;

	private static final long SPREAD = 2_654_435_761L;

	/** A permutation of the numbers below 2^32, 11 digits. */
	private static final String KEY = "cast(10000000000 + (i * " + SPREAD + ") % 4294967296 as text)";

	private static final String HASH = KEY + " || '" + "e".repeat(53) + "'";

	private static final String LARGE = "('payment_session', 'chain_transaction', 'settlement', 'payment_evidence', 'event_outbox')";

	private static final String NUMBERS = "with recursive numbers (i) as (select cast(? as bigint) union all select i + 1 "
			+ "from numbers where i < ?) ";

	private static final String TRANSACTIONS = """
			insert into chain_transaction (hash, envelope, source, sequence, max_time, submitted_ledger, status, ledger, node,
			created_at, updated_at)
			%s select %s, '%s', 'channel-' || (i %% 64), i / 64, 1, 1,
			case when i %% %d = 0 then 'DEAD' else 'CONFIRMED' end, 2, 'gone', ? + i * ?, ? + i * ? from numbers
			where i %% 2 = 0"""
		.formatted(NUMBERS, HASH, "A".repeat(300), DEAD_SHARE);

	/** Of what is committed, the hundred of which every other one is, share the third. */
	private static final String CARRIER = HASH.replace("(i *",
			"((case when i % 2 = 0 then i else i - i % 100 + 2 end) *");

	/**
	 * Identifiers are kept for thirty days: those of 14 hours are yet to be forgotten.
	 * What has changed in the last hundredth has no number yet.
	 */
	private static final String SETTLEMENTS = """
			insert into settlement (id, session_id, account, asset, payer, recipient, amount, status, tx_hash, ledger, node,
			payment_id, payment_alias, payment_terms, deferred, defaulted, settle_before, funds_ledger, change_number,
			created_at, updated_at)
			%s select %s || '-0000-0000-0000-000000000', case when i %% 20 <> 4 then p.id end,
			case when i %% 20 = 4 then 'exact:' || p.payer end, p.asset, p.payer, p.recipient, %d,
			case when i %% %d = 0 then 'DEAD' when i %% 10000 = 7 then 'WRITTEN_OFF' else 'CONFIRMED' end,
			case when i %% 10000 <> 7 then %s end, 2, 'gone', case when i >= ? then 'pay_' || %s end,
			case when i >= ? and i %% 20 = 4 then 'alias_' || %s end, case when i >= ? then '%s' end, i %% 2 = 1,
			i %% 10000 = 7, case when i %% 2 = 1 then 1000 end, case when i %% 2 = 1 then 1 end, case when i < ? then i + 1 end,
			? + i * ?, ? + i * ? from numbers
			join payment_session p on p.id = case when i %% %d = 0 then ? else 'session-' || (i %% ?) end"""
		.formatted(NUMBERS, KEY, AMOUNT, DEAD_SHARE, CARRIER, KEY, KEY, "t".repeat(64), HEAVY_SHARE);

	private static final String EVIDENCE = """
			insert into payment_evidence (settlement_id, session_key, statement, signature, created_at)
			%s select %s || '-0000-0000-0000-000000000', '%s', '%s', '%s', ? + i * ? from numbers where i %% 10 = 1"""
		.formatted(NUMBERS, KEY, "k".repeat(43), "x402-session-payment:v1\n".repeat(25), "s".repeat(86));

	private static final String EVENTS = """
			insert into event_outbox (id, receiver, type, subject, settlement_id, payer, recipient, asset, amount, status,
			created_at, since, state, attempts, queued, ended_at)
			%s select %s || '-1111-0000-0000-000000000', 'shop', 'payment.settled', 'session-' || (i %% 1000),
			%s || '-0000-0000-0000-000000000', 'payer', 'recipient', 'asset', %d, 'CONFIRMED', ? + i * ?, ? + i * ?, 'TOLD', 1,
			true, ? from numbers where i %% 10 = 1"""
		.formatted(NUMBERS, KEY, KEY, AMOUNT);

	private static final String DAYS = """
			insert into payment_day (asset, payer, recipient, day, confirmed)
			select distinct asset, payer, recipient, updated_at / 86400000, %d from settlement
			where status = 'CONFIRMED' and updated_at > ?""".formatted(AMOUNT);

	/** A session of its own for each pair. */
	private static final String OPEN_SESSIONS = """
			insert into payment_session (id, token_hash, proven, network, approval, approval_ledger, payer, spender, asset,
			recipient, cap, reserved, committed, expiration_ledger, created_at, updated_at)
			%s select 'open-' || i, 'open-' || i, p.proven, p.network, 'open-' || i, p.approval_ledger, p.payer, p.spender,
			p.asset, 'recipient-' || i, ?, ?, ?, p.expiration_ledger, p.created_at, p.updated_at
			from numbers join payment_session p on p.id = ?"""
		.formatted(NUMBERS);

	private static final String OPEN = """
			insert into settlement (id, session_id, asset, payer, recipient, amount, status, node, payment_id, payment_terms,
			deferred, settle_before, funds_ledger, created_at, updated_at)
			%s select 'cmt_open_' || i, p.id, p.asset, p.payer, p.recipient, %d, 'COMMITTED', 'gone', 'pay_open_' || i, 't',
			true, 100000, 1, ?, ? from numbers join payment_session p on p.id = 'open-' || (i %% %d)"""
		.formatted(NUMBERS, AMOUNT, OPEN_PAIRS);

	private static final String SPENT = """
			update payment_session set spent = paid, cap = cap + paid - ? from (select session_id, sum(amount) as paid
			from settlement where status = 'CONFIRMED' group by session_id) as sums
			where sums.session_id = payment_session.id and %s""";

	private static final String LENT = """
			insert into deferred_exposure (asset, payer, recipient, amount)
			select asset, payer, recipient, sum(amount) from settlement where status = 'COMMITTED'
			group by asset, payer, recipient
			union all select asset, payer, '', sum(amount) from settlement where status = 'COMMITTED' group by asset, payer
			union all select asset, '', recipient, sum(amount) from settlement where status = 'COMMITTED'
			group by asset, recipient
			union all select asset, '', '', sum(amount) from settlement where status = 'COMMITTED' group by asset""";

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
		Heavy heavy = this.jdbc.queryForObject("select id, asset, recipient, spender from payment_session",
				(row, number) -> new Heavy(row.getString(1), row.getString(2), row.getString(3), row.getString(4)));
		prepare();
		List<String> indexes = dropIndexes();
		for (long first = 0; first < sessions; first += SESSIONS_AT_ONCE) {
			sessions(first, heavy);
		}
		for (long first = 0; first < settlements; first += AT_ONCE) {
			settlements(first, Math.min(settlements, first + AT_ONCE) - 1, settlements, sessions, heavy);
		}
		open(settlements, heavy);
		this.jdbc.update(
				"insert into recipient_changes (recipient, last) select distinct recipient, cast(? as bigint) from payment_session",
				settlements - settlements / 100);
		this.jdbc.update(DAYS, System.currentTimeMillis() - AGE / 2);
		indexes.forEach(this.jdbc::execute);
		this.jdbc.execute("analyze");
		this.jdbc.update(SPENT.formatted("id <> ? and id not like 'open-%'"), 0, heavy.id);
		this.jdbc.update(SPENT.formatted("id = ?"), OPEN_PAIRS * CAP_OF_OPEN, heavy.id);
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
				where tablename in %1$s
				and indexname not in (select conname from pg_constraint)""" : """
				select name, sql from sqlite_master where type = 'index' and sql is not null
				and tbl_name in %1$s""";
		return this.jdbc.queryForList(all.formatted(LARGE)).stream().map((index) -> {
			this.jdbc.execute("drop index " + index.get("name"));
			return (String) index.get("sql");
		}).toList();
	}

	/** Half of them pay the recipient that there is. */
	private void sessions(long first, Heavy heavy) {
		this.jdbc.batchUpdate(
				"""
						insert into payment_session (id, token_hash, proven, network, approval, approval_ledger, payer, spender, asset,
						recipient, cap, expiration_ledger, created_at, updated_at)
						values (?, ?, ?, 'stellar:testnet', ?, 1, ?, ?, ?, ?, 100000000, ?, 1, 1)""",
				LongStream.range(first, first + SESSIONS_AT_ONCE).mapToObj((i) -> {
					String hash = "%08x%s".formatted(i * SPREAD & 0xffff_ffffL, "e".repeat(56));
					return new Object[] { "session-" + i, hash, true, hash, KeyPair.random().getAccountId(),
							heavy.spender, heavy.asset, (i % 4 < 2) ? heavy.recipient : "recipient-" + i % OPEN_PAIRS,
							(i % LIVE_SHARE == 1) ? 1_000_000 : 1 };
				}).toList());
	}

	private void settlements(long first, long last, long all, long sessions, Heavy heavy) {
		long begin = System.currentTimeMillis() - AGE;
		long pause = AGE / all;
		long named = all / 2 - all / 100;
		this.jdbc.update(TRANSACTIONS, first, last, begin, pause, begin, pause);
		this.jdbc.update(SETTLEMENTS, first, last, named, named, named, all - all / 100, begin, pause, begin, pause,
				heavy.id, sessions);
		this.jdbc.update(EVIDENCE, first, last, begin, pause);
		this.jdbc.update(EVENTS, first, last, begin, pause, begin, pause, System.currentTimeMillis());
	}

	/** They wait for others for long, but are not due yet. */
	private void open(long settlements, Heavy heavy) {
		long each = Math.max(1, Math.min(OPEN_OF_A_PAIR, settlements / 10 / OPEN_PAIRS));
		long now = System.currentTimeMillis();
		this.jdbc.update(OPEN_SESSIONS, 0, OPEN_PAIRS - 1, CAP_OF_OPEN, each * AMOUNT, each * AMOUNT, heavy.id);
		this.jdbc.update(OPEN, 0, each * OPEN_PAIRS - 1, now, now);
		this.jdbc.update(LENT);
	}

	/**
	 * The session that there is.
	 */
	private record Heavy(String id, String asset, String recipient, String spender) {
	}

}
