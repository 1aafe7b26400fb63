package io.github.x402sessions.facilitator.store.jdbc.session;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;

import io.github.x402sessions.facilitator.session.ListedSession;
import io.github.x402sessions.facilitator.session.SessionDirectory;

import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The sessions in the database, for operators. Thread-safe.
 *
 * @param jdbc the database
 */
record JdbcSessionDirectory(JdbcClient jdbc) implements SessionDirectory {

	private static final int HANDLE_LENGTH = 16;

	/** Comes after all hex digits. */
	private static final String LAST = "g";

	@Override
	public List<ListedSession> ofPayer(String payer, int count) {
		return this.jdbc.sql("""
				select * from payment_session where payer = :payer
				order by created_at desc, id limit :count""")
			.param("payer", payer)
			.param("count", count)
			.query(JdbcSessionDirectory::read)
			.list();
	}

	@Override
	public List<ListedSession> byHandle(String handle) {
		return this.jdbc.sql("select * from payment_session where token_hash >= :first and token_hash < :last")
			.param("first", handle)
			.param("last", handle + LAST)
			.query(JdbcSessionDirectory::read)
			.list();
	}

	private static ListedSession read(ResultSet row, int number) throws SQLException {
		return new ListedSession(row.getString("token_hash").substring(0, HANDLE_LENGTH),
				Instant.ofEpochMilli(row.getLong("created_at")), SessionRow.read(row, number));
	}

}
