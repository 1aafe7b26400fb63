package io.github.x402sessions.spring.answers;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;

import javax.sql.DataSource;

import io.github.x402sessions.spring.InvalidX402ConfigurationException;
import org.flywaydb.core.Flyway;
import org.springframework.jdbc.core.ConnectionCallback;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Keeps answers in a table of the application's database, PostgreSQL or SQLite. Each step
 * is a statement, by the database's clock. Thread-safe.
 */
final class JdbcAnswers implements AnswerBackend {

	private static final int CLEANED = 1_000;

	/** A row that is in the way may be gone when it is looked at. */
	private static final int ATTEMPTS = 5;

	/** A statement that waits for a lock ends by itself some time, seconds. */
	private static final int QUERY_TIMEOUT = 30;

	private static final String CLAIM = """
			insert into x402_answer as a (id, state, request, details, token, leased_until, expires_at)
			values (?, null, ?, null, ?, {now} + ?, {now} + ?)
			on conflict (id) do update set
			state = case when a.expires_at <= {now} then null else a.state end,
			details = case when a.expires_at <= {now} then null else a.details end,
			request = excluded.request, token = excluded.token,
			leased_until = excluded.leased_until, expires_at = excluded.expires_at
			where a.expires_at <= {now} or ((a.leased_until is null or a.leased_until <= {now} or a.token = excluded.token)
			and (a.state is null or (a.state = 'o' and a.request = excluded.request)))
			returning state, request, details""";

	private static final String FIND = """
			select case when leased_until > {now} then null else state end as state, request, details
			from x402_answer where id = ? and expires_at > {now} and (state is not null or leased_until > {now})""";

	private static final String NOTE = """
			update x402_answer set state = ?, request = ?, details = ?, leased_until = {now} + ?, expires_at = {now} + ?
			where id = ? and token = ? and leased_until is not null""";

	/** The token stays. */
	private static final String CONCLUDE = """
			insert into x402_answer as a (id, state, request, details, token, leased_until, expires_at)
			values (?, ?, ?, ?, ?, null, {now} + ?)
			on conflict (id) do update set state = excluded.state, request = excluded.request, details = excluded.details,
			token = excluded.token, leased_until = null, expires_at = excluded.expires_at
			where a.token = excluded.token or a.expires_at <= {now}""";

	private static final String RELEASE = "delete from x402_answer where id = ? and token = ? and leased_until is not null";

	private static final String GIVE_BACK = "update x402_answer set leased_until = null where id = ? and token = ?";

	private static final String RENEW = """
			update x402_answer set leased_until = {now} + ?, expires_at = {now} + ?
			where id = ? and token = ? and leased_until is not null""";

	private static final String CLEAN = """
			delete from x402_answer where id in
			(select id from x402_answer where expires_at <= {now} order by expires_at limit %d)""".formatted(CLEANED);

	private static final String PING = "select count(*) from x402_answer where id = ''";

	private static final RowMapper<AnswerEntry> ENTRY = (row, number) -> AnswerEntry.of(row.getString("state"),
			row.getString("request"), row.getBytes("details"));

	private final JdbcTemplate jdbc;

	private final TransactionTemplate transactions;

	private final String now;

	private final long lease;

	private final long retention;

	private JdbcAnswers(DataSource dataSource, String now, Duration lease, Duration retention) {
		this.jdbc = new JdbcTemplate(dataSource);
		this.jdbc.setQueryTimeout(QUERY_TIMEOUT);
		this.transactions = new TransactionTemplate(new JdbcTransactionManager(dataSource));
		this.transactions.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
		this.now = now;
		this.lease = lease.toMillis();
		this.retention = retention.toMillis();
	}

	/**
	 * Bring the table up to date. It has a history of its own, beside that of an
	 * application which uses Flyway too.
	 * @throws InvalidX402ConfigurationException if the database is another one
	 */
	static JdbcAnswers migrated(DataSource dataSource, Duration lease, Duration retention) {
		String now = now(dataSource);
		Flyway.configure()
			.dataSource(dataSource)
			.locations("classpath:x402/answers/migration")
			.table("x402_answers_history")
			.baselineOnMigrate(true)
			.baselineVersion("0")
			.load()
			.migrate();
		return new JdbcAnswers(dataSource, now, lease, retention);
	}

	/** The milliseconds since 1970, by the database. */
	private static String now(DataSource dataSource) {
		String product = String.valueOf(new JdbcTemplate(dataSource)
			.execute((ConnectionCallback<String>) (connection) -> connection.getMetaData().getDatabaseProductName()));
		return switch (product) {
			case "PostgreSQL" -> "cast(extract(epoch from clock_timestamp()) * 1000 as bigint)";
			case "SQLite" -> "cast((julianday('now') - 2440587.5) * 86400000 as integer)";
			default -> throw new InvalidX402ConfigurationException("x402.answers.store",
					"is jdbc, but the database is neither PostgreSQL nor SQLite",
					"Set it to redis, or declare a ResponseStore of your own.");
		};
	}

	@Override
	public Found claim(String key, String request, String token) {
		for (int i = 0; i < ATTEMPTS; i++) {
			Found found = inTransaction((jdbc) -> attempt(jdbc, key, request, token));
			if (found != null) {
				return found;
			}
		}
		throw new IllegalStateException("a row of x402_answer changes faster than it can be read");
	}

	@SuppressWarnings("NullAway") // null where the row that was in the way is gone
	private Found attempt(JdbcTemplate jdbc, String key, String request, String token) {
		List<Found> claimed = jdbc.query(sql(CLAIM), (row, number) -> Found.claimed(entry(row, number)), key, request,
				token, this.lease, this.retention);
		if (!claimed.isEmpty()) {
			return claimed.get(0);
		}
		return jdbc.query(sql(FIND),
				(row, number) -> (row.getString("state") != null)
						? Found.taken(Objects.requireNonNull(ENTRY.mapRow(row, number)))
						: Found.running(row.getString("request")),
				key)
			.stream()
			.findFirst()
			.orElse(null);
	}

	@SuppressWarnings("NullAway")
	private static AnswerEntry entry(ResultSet row, int number) throws SQLException {
		return (row.getString("state") != null) ? ENTRY.mapRow(row, number) : null;
	}

	@Override
	public boolean note(String key, String token, AnswerEntry otherwise) {
		return inTransaction((jdbc) -> jdbc.update(sql(NOTE), otherwise.state().code(), otherwise.request(),
				otherwise.details(), this.lease, this.retention, key, token)) == 1;
	}

	@Override
	public boolean conclude(String key, String token, AnswerEntry end) {
		return inTransaction((jdbc) -> jdbc.update(sql(CONCLUDE), key, end.state().code(), end.request(), end.details(),
				token, this.retention)) == 1;
	}

	@Override
	public void release(String key, String token) {
		inTransaction((jdbc) -> jdbc.update(RELEASE, key, token));
	}

	@Override
	public void giveBack(String key, String token) {
		inTransaction((jdbc) -> jdbc.update(GIVE_BACK, key, token));
	}

	@Override
	public Set<String> renew(Collection<Lease> leases) {
		List<Lease> all = List.copyOf(leases);
		int[] renewed = inTransaction((jdbc) -> jdbc.batchUpdate(sql(RENEW),
				all.stream()
					.map((lease) -> new Object[] { this.lease, this.retention, lease.key(), lease.token() })
					.toList()));
		Set<String> gone = new HashSet<>();
		for (int i = 0; i < renewed.length; i++) {
			if (renewed[i] == 0) {
				gone.add(all.get(i).token());
			}
		}
		return gone;
	}

	@Override
	public void clean() {
		while (inTransaction((jdbc) -> jdbc.update(sql(CLEAN))) == CLEANED) {
			// there is more
		}
	}

	@Override
	public void ping() {
		inTransaction((jdbc) -> Objects.requireNonNull(jdbc.queryForObject(PING, Integer.class)));
	}

	@SuppressWarnings("NullAway") // what the action returns is returned
	private <T> T inTransaction(Function<JdbcTemplate, T> action) {
		return this.transactions.execute((status) -> action.apply(this.jdbc));
	}

	private String sql(String statement) {
		return statement.replace("{now}", this.now);
	}

}
