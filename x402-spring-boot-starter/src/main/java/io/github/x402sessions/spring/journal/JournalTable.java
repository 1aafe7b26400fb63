package io.github.x402sessions.spring.journal;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.util.List;

import javax.sql.DataSource;

import org.flywaydb.core.Flyway;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The table of the journal. An entry that it has already is not written a second time, so
 * that whoever does not know whether one was written may write it again. Thread-safe.
 */
final class JournalTable {

	private static final String INSERT = """
			insert into x402_journal (id, event, status, amount, asset, network, tx, ledger, asked_at, recorded_at, payer,
			handle, deferred, resource, route, recipient, reason, identifier_hash)
			values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""";

	private static final String PRESENT = "select count(*) from x402_journal where id = ? and event = ? and status = ?";

	/** Goes on after a row, which several of one moment need all of its key for. */
	private static final String PAGE = """
			select * from x402_journal where recorded_at >= ? and recorded_at < ?
			and (recorded_at > ? or (recorded_at = ? and (id > ? or (id = ? and (event > ? or (event = ? and status > ?))))))
			order by recorded_at, id, event, status limit ?""";

	private final JdbcTemplate jdbc;

	private final TransactionTemplate transactions;

	JournalTable(DataSource dataSource) {
		this.jdbc = new JdbcTemplate(dataSource);
		this.transactions = new TransactionTemplate(new JdbcTransactionManager(dataSource));
		this.transactions.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
	}

	/**
	 * Bring the table up to date. It has a history of its own, beside that of an
	 * application which uses Flyway too.
	 */
	static JournalTable migrated(DataSource dataSource) {
		Flyway.configure()
			.dataSource(dataSource)
			.locations("classpath:x402/journal/migration")
			.table("x402_journal_history")
			.baselineOnMigrate(true)
			.baselineVersion("0")
			.load()
			.migrate();
		return new JournalTable(dataSource);
	}

	/**
	 * Write entries, all or none.
	 * @throws DataAccessException if the database does not take them
	 */
	void append(List<JournalEntry> entries) {
		try {
			this.transactions.executeWithoutResult(
					(status) -> this.jdbc.batchUpdate(INSERT, entries, entries.size(), JournalTable::write));
		}
		catch (DataAccessException ex) {
			this.transactions.executeWithoutResult((status) -> entries.stream()
				.filter((entry) -> !has(entry))
				.forEach((entry) -> this.jdbc.update(INSERT, (statement) -> write(statement, entry))));
		}
	}

	private boolean has(JournalEntry entry) {
		Integer count = this.jdbc.queryForObject(PRESENT, Integer.class, entry.id(), entry.event(), entry.status());
		return count != null && count > 0;
	}

	/**
	 * Read a page of entries in the order in which they were heard of.
	 * @param from the first moment
	 * @param to the moment after the last one
	 * @param after the entry before the page; {@code null} for the first page
	 * @param limit how many at most
	 */
	List<JournalEntry> read(Instant from, Instant to, @Nullable JournalEntry after, int limit) {
		long time = (after != null) ? millis(after.updatedAt()) : Long.MIN_VALUE;
		String id = (after != null) ? after.id() : "";
		String event = (after != null) ? after.event() : "";
		String status = (after != null) ? after.status() : "";
		return this.jdbc.query(PAGE, JournalTable::entry, from.toEpochMilli(), to.toEpochMilli(), time, time, id, id,
				event, event, status, limit);
	}

	private static long millis(String time) {
		return Instant.parse(time).toEpochMilli();
	}

	private static void write(PreparedStatement row, JournalEntry entry) throws SQLException {
		row.setString(1, entry.id());
		row.setString(2, entry.event());
		row.setString(3, entry.status());
		row.setString(4, entry.amount());
		row.setString(5, entry.asset());
		row.setString(6, entry.network());
		row.setString(7, entry.transaction());
		if (entry.ledger() != null) {
			row.setLong(8, entry.ledger());
		}
		else {
			row.setNull(8, Types.BIGINT);
		}
		row.setLong(9, millis(entry.at()));
		row.setLong(10, millis(entry.updatedAt()));
		row.setString(11, entry.payer());
		row.setString(12, entry.handle());
		row.setBoolean(13, entry.deferred());
		row.setString(14, entry.resource());
		row.setString(15, entry.route());
		row.setString(16, entry.recipient());
		row.setString(17, entry.reason());
		row.setString(18, entry.identifierHash());
	}

	private static JournalEntry entry(ResultSet row, int number) throws SQLException {
		return new JournalEntry(row.getString("id"), row.getString("status"), row.getString("amount"),
				row.getString("asset"), row.getString("network"), row.getString("tx"),
				(row.getObject("ledger") instanceof Number ledger) ? ledger.longValue() : null,
				Instant.ofEpochMilli(row.getLong("asked_at")).toString(),
				Instant.ofEpochMilli(row.getLong("recorded_at")).toString(), row.getString("payer"),
				row.getString("handle"), row.getBoolean("deferred"), row.getString("resource"), row.getString("event"),
				row.getString("route"), row.getString("recipient"), row.getString("reason"),
				row.getString("identifier_hash"));
	}

}
