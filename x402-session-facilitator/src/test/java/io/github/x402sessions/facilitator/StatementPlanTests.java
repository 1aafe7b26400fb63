package io.github.x402sessions.facilitator;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a facilitator asks of its database is found by an index, however many sessions,
 * settlements and transactions there are. Only commands read whole tables, page by page.
 */
class StatementPlanTests {

	private static final String LARGE = "(settlement|payment_session|chain_transaction)";

	private static final Pattern SQLITE_SCAN = Pattern.compile("SCAN (\\w+ )?" + LARGE + "\\b.*|SCAN [spt]\\b.*");

	private static final Pattern POSTGRES_SCAN = Pattern.compile(".*Seq Scan on " + LARGE + "\\b.*");

	@Test
	void everyStatementIsAnsweredByAnIndexOfSqlite() throws SQLException {
		try (TestDatabase database = TestDatabase.sqlite()) {
			assertPlans(database, (sql) -> "explain query plan " + sql, "detail", SQLITE_SCAN.asMatchPredicate());
		}
	}

	@Test
	void everyStatementIsAnsweredByAnIndexOfPostgres() throws SQLException {
		try (TestDatabase database = TestDatabase.postgres()) {
			database.jdbc().sql("set enable_seqscan = off").update();
			assertPlans(database, StatementPlanTests::generic, "QUERY PLAN", POSTGRES_SCAN.asMatchPredicate());
		}
	}

	private static void assertPlans(TestDatabase database, UnaryOperator<String> explain, String column,
			Predicate<String> scan) throws SQLException {
		Map<String, List<String>> scans = new TreeMap<>();
		for (String sql : statements(database)) {
			List<String> plan = plan(database, explain.apply(sql), column);
			if (plan.stream().map(String::strip).anyMatch(scan)) {
				scans.put(sql, plan);
			}
		}
		assertThat(scans).isEmpty();
	}

	private static List<String> plan(TestDatabase database, String explained, String column) {
		return database.transactions().execute((status) -> {
			JdbcClient jdbc = database.jdbc();
			String[] steps = explained.split(";");
			for (int i = 0; i < steps.length - 1; i++) {
				jdbc.sql(steps[i]).update();
			}
			List<String> plan = jdbc.sql(steps[steps.length - 1]).query((row, number) -> row.getString(column)).list();
			status.setRollbackOnly();
			return plan;
		});
	}

	/** As PostgreSQL plans a statement that it keeps, whatever it is given. */
	private static String generic(String sql) {
		AtomicInteger number = new AtomicInteger();
		String numbered = Pattern.compile("\\?").matcher(sql).replaceAll((match) -> "\\$" + number.incrementAndGet());
		String nulls = IntStream.range(0, number.get()).mapToObj((i) -> "null").collect(Collectors.joining(", "));
		return "deallocate all;set local enable_seqscan = off;set local plan_cache_mode = force_generic_plan;prepare asked as "
				+ numbered + ";explain execute asked" + (nulls.isEmpty() ? "" : "(" + nulls + ")");
	}

	/** What a facilitator asks while it is used for all that it can do. */
	private static List<String> statements(TestDatabase database) throws SQLException {
		Map<String, String> properties = database.properties();
		try (RecordingDriver driver = RecordingDriver.instead(properties.get("facilitator.database-url"));
				Town town = Town.withoutFacilitator()) {
			town.start(properties);
			Payer payer = town.payer();
			String id = payer.session(1_000_000);
			assertThat(town.client.settle(Payments.identified(town, id, "pay_0123456789abcdef", "1000")).status())
				.isEqualTo(200);
			assertThat(town.client.settle(Payments.identified(town, id, "pay_0123456789abcdef", "1000")).status())
				.isIn(200, 400);
			assertThat(town.client.settle(Payments.of(town, id, "1000")).status()).isEqualTo(200);
			assertThat(town.client.verify(Payments.of(town, id, "1000")).status()).isEqualTo(200);
			assertThat(town.client.get("/sessions/" + id).status()).isEqualTo(200);
			payer.session(500_000);
			town.stop();
			town.start(properties);
			town.stop();
			assertThat(driver.runs).hasSizeGreaterThan(20);
			return new ArrayList<>(driver.runs.keySet()
				.stream()
				.filter((sql) -> Pattern.compile("\\b" + LARGE + "\\b").matcher(sql).find())
				.filter((sql) -> !sql.contains("create ") && !sql.contains("alter ") && !sql.startsWith("--"))
				.toList());
		}
	}

}
