package io.github.x402sessions.facilitator.store.jdbc.session;

import java.util.List;

import io.github.x402sessions.facilitator.TestDatabase;
import io.github.x402sessions.facilitator.store.jdbc.StoredRow;
import io.github.x402sessions.facilitator.store.jdbc.database.Dialect;
import org.junit.jupiter.api.Test;

import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Looking at a session costs the same however much it has paid for.
 */
class JdbcPastCallsTests {

	@Test
	void lastCallsAreReadInTheOrderOfAnIndexOfSqlite() {
		try (TestDatabase books = TestDatabase.sqlite()) {
			assertThat(plan(books)).anyMatch((line) -> line.contains("settlement_of_session"))
				.noneMatch((line) -> line.contains("TEMP B-TREE"));
		}
	}

	@Test
	void lastCallsAreReadInTheOrderOfAnIndexOfPostgres() {
		try (TestDatabase books = TestDatabase.postgres()) {
			assertThat(plan(books)).anyMatch((line) -> line.contains("settlement_of_session"))
				.noneMatch((line) -> line.contains("Sort"));
		}
	}

	private static List<String> plan(TestDatabase books) {
		JdbcClient jdbc = books.jdbc();
		StoredRow.session("s").insert(jdbc);
		jdbc.sql("""
				insert into settlement (id, session_id, asset, payer, recipient, amount, status, created_at, updated_at)
				with recursive call (number) as (select 1 union all select number + 1 from call where number < 5000)
				select 'call' || number, 's', 'c', 'p', 'r', 1, 'RELEASED', number, number from call""").update();
		jdbc.sql("analyze").update();
		boolean sqlite = books.dialect() == Dialect.SQLITE;
		return jdbc.sql((sqlite ? "explain query plan " : "explain ") + JdbcPastCalls.LATEST)
			.param("session", "s")
			.param("shown", 20)
			.query((row, number) -> row.getString(sqlite ? "detail" : "QUERY PLAN"))
			.list();
	}

}
