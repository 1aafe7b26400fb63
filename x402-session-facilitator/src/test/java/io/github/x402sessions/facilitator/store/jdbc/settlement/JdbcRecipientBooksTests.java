package io.github.x402sessions.facilitator.store.jdbc.settlement;

import java.util.List;

import io.github.x402sessions.facilitator.TestDatabase;
import io.github.x402sessions.facilitator.store.jdbc.StoredRow;
import io.github.x402sessions.facilitator.store.jdbc.database.Dialect;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a recipient is still to be paid is found without reading all that it ever was.
 */
class JdbcRecipientBooksTests {

	@ParameterizedTest
	@EnumSource(Dialect.class)
	void whatIsOpenIsReadByAnIndexOfThat(Dialect dialect) {
		try (TestDatabase books = TestDatabase.of(dialect)) {
			assertThat(plan(books.jdbc(), dialect)).anyMatch((line) -> line.contains("settlement_awaited"))
				.noneMatch((line) -> line.contains("settlement_numbered") || line.contains("Sort")
						|| line.contains("TEMP B-TREE"));
		}
	}

	private static List<String> plan(JdbcClient jdbc, Dialect dialect) {
		StoredRow.session("s").insert(jdbc);
		StoredRow.transaction("hash", "CONFIRMED").insert(jdbc);
		jdbc.sql(
				"""
						insert into settlement (id, session_id, asset, payer, recipient, amount, status, tx_hash, deferred, change_number,
						created_at, updated_at)
						with recursive call (number) as (select 1 union all select number + 1 from call where number < 5000)
						select 'call' || number, 's', 'c', 'p', 'r', 1, 'CONFIRMED', 'hash', true, number, number, number from call""")
			.update();
		jdbc.sql("analyze").update();
		boolean sqlite = dialect == Dialect.SQLITE;
		return jdbc
			.sql((sqlite ? "explain query plan " : "explain ")
					+ JdbcRecipientBooks.PAGE.formatted(JdbcRecipientBooks.OPEN))
			.param("recipient", "r")
			.param("since", 0)
			.param("count", 100)
			.query((row, number) -> row.getString(sqlite ? "detail" : "QUERY PLAN"))
			.list();
	}

}
