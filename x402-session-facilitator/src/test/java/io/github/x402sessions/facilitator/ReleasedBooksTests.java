package io.github.x402sessions.facilitator;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import com.zaxxer.hikari.HikariDataSource;
import io.github.x402sessions.facilitator.FacilitatorClient.Reply;
import io.github.x402sessions.facilitator.store.jdbc.database.DatabasePool;
import io.github.x402sessions.facilitator.store.jdbc.database.Dialect;
import io.github.x402sessions.facilitator.store.jdbc.database.Migrations;
import io.github.x402sessions.fixtures.Eventually;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The released version may run beside this one, and this one goes on with the books that
 * it has left. What that was is recorded, see {@link ReleasedBooks}; the drill
 * {@code upgrade} does the same with its processes.
 */
class ReleasedBooksTests {

	private static final String NOTHING_COUNTED = "V77: it acts after the change, on limit_use alone, and on nothing where "
			+ "limit_user is null, as in each row that the released version writes";

	/**
	 * What a table takes no more, or does besides, on purpose, and why no statement of
	 * the released version is hindered, by the message of
	 * {@link SchemaCatalogue#brokenBy}.
	 */
	private static final Map<String, String> TIGHTENED = Map.of(
			"new: trigger settlement_counts_otherwise on settlement", NOTHING_COUNTED,
			"new: trigger settlement_counts_no_more on settlement", NOTHING_COUNTED,
			"new: function settlement_counts_otherwise()", NOTHING_COUNTED);

	private static final Pattern PLANNED = Pattern.compile("select|insert|update|delete|with");

	/** Tests that the next record is made of, with the name of its class each. */
	private static final Path RECORDED = Path.of("released", "tests");

	/** Tables of which no row is inserted by a statement of ours. */
	private static final String NOT_OURS = "listing_text.*|x402_facilitator_history";

	@TempDir
	private Path directory;

	@Test
	void everyTestThatTheNextRecordIsMadeOfIsThere() throws IOException {
		try (Stream<Path> sources = Files.walk(Path.of("src", "test", "java"))) {
			assertThat(Files.readString(RECORDED).strip().split("\\s+"))
				.isSubsetOf(sources.map((source) -> source.getFileName().toString().replace(".java", "")).toList());
		}
	}

	@ParameterizedTest
	@EnumSource(Dialect.class)
	void tablesOnlyGrow(Dialect dialect) {
		try (TestDatabase books = ReleasedBooks.restore(dialect); HikariDataSource pool = books.pool()) {
			JdbcClient jdbc = DatabasePool.jdbc(pool, dialect);
			SchemaCatalogue released = SchemaCatalogue.read(jdbc, dialect);
			assertThat(released.tables()).hasSizeGreaterThan(20);
			Map<String, List<Map<String, Object>>> before = rows(jdbc, released);
			Migrations.run(pool);
			assertThat(released.brokenBy(SchemaCatalogue.read(jdbc, dialect)))
				.as("rules that keep the released version running, see docs/operations.md; what is meant to be so goes to TIGHTENED")
				.filteredOn((broken) -> !TIGHTENED.containsKey(broken))
				.isEmpty();
			assertThat(rows(jdbc, released)).as("what the books hold").isEqualTo(before);
		}
	}

	/**
	 * Each is prepared as the database would for a node of the released version, and
	 * planned, as PostgreSQL looks only then for the index of an {@code on conflict}.
	 */
	@ParameterizedTest
	@EnumSource(Dialect.class)
	void everyStatementOfTheReleasedVersionIsUnderstood(Dialect dialect) {
		List<String> statements = ReleasedBooks.statements(dialect);
		assertThat(statements).hasSizeGreaterThan(100);
		Map<String, String> failed = new TreeMap<>();
		try (TestDatabase books = TestDatabase.of(dialect); HikariDataSource pool = books.pool()) {
			for (String sql : statements) {
				try (Connection connection = pool.getConnection();
						PreparedStatement statement = connection.prepareStatement(sql)) {
					int parameters = statement.getParameterMetaData().getParameterCount();
					statement.getMetaData();
					if (dialect == Dialect.POSTGRESQL && PLANNED.matcher(sql).lookingAt()) {
						plan(connection, sql, parameters);
					}
				}
				catch (SQLException ex) {
					failed.put(sql, ex.getMessage());
				}
			}
		}
		assertThat(failed).as("statements of the released version, which runs beside this one").isEmpty();
	}

	private static void plan(Connection connection, String sql, int parameters) throws SQLException {
		try (PreparedStatement plan = connection.prepareStatement("explain " + sql)) {
			for (int i = 1; i <= parameters; i++) {
				plan.setNull(i, Types.NULL);
			}
			plan.execute();
		}
	}

	/**
	 * With the columns that it knows, and whatever this version has added beside them.
	 * Nobody subscribes to events before all has happened.
	 */
	@ParameterizedTest
	@EnumSource(Dialect.class)
	void everyRowOfTheReleasedVersionIsTaken(Dialect dialect) {
		try (TestDatabase old = ReleasedBooks.restore(dialect);
				HikariDataSource from = old.pool();
				TestDatabase fresh = TestDatabase.of(dialect)) {
			JdbcClient released = DatabasePool.jdbc(from, dialect);
			SchemaCatalogue catalogue = SchemaCatalogue.read(released, dialect);
			Map<String, List<Map<String, Object>>> rows = rows(released, catalogue);
			rows.keySet().retainAll(SchemaCatalogue.read(fresh.jdbc(), dialect).tables());
			Map<String, String> failed = new LinkedHashMap<>();
			for (String kind : List.of("(?!event_).*", "event_.*")) {
				List<String> waiting = new ArrayList<>(rows.keySet());
				waiting.removeIf((table) -> !table.matches(kind) || isFilled(fresh.jdbc(), table));
				for (int before = waiting.size() + 1; !waiting.isEmpty() && waiting.size() < before;) {
					before = waiting.size();
					waiting.removeIf((table) -> insert(fresh, table, rows.get(table), failed));
				}
			}
			assertThat(failed).as("rows that the released version inserts").isEmpty();
		}
	}

	/** Insert all or nothing, as rows may have to wait for those that they refer to. */
	private static boolean insert(TestDatabase database, String table, List<Map<String, Object>> rows,
			Map<String, String> failed) {
		try {
			database.transactions()
				.executeWithoutResult((status) -> rows.forEach((row) -> insert(database, table, row)));
			failed.remove(table);
			return true;
		}
		catch (DataAccessException ex) {
			failed.put(table, String.valueOf(ex.getMostSpecificCause().getMessage()));
			return false;
		}
	}

	private static void insert(TestDatabase database, String table, Map<String, Object> row) {
		List<String> names = row.keySet().stream().filter((name) -> row.get(name) != null).toList();
		JdbcClient.StatementSpec statement = database.jdbc()
			.sql("insert into %s (%s) %s values (%s)".formatted(table, String.join(", ", names),
					(database.dialect() == Dialect.POSTGRESQL) ? "overriding system value" : "",
					names.stream().map((name) -> "?").collect(Collectors.joining(", "))));
		statement.params(names.stream().map(row::get).toList()).update();
	}

	private static boolean isFilled(JdbcClient database, String table) {
		return database.sql("select count(*) from " + table).query(Integer.class).single() > 0;
	}

	@ParameterizedTest
	@EnumSource(Dialect.class)
	void whatIsPendingIsSettledAndAllIsRead(Dialect dialect) {
		Path ledger = this.directory.resolve("ledger");
		ReleasedBooks.restoreLedger(dialect, ledger);
		try (TestDatabase books = ReleasedBooks.restore(dialect);
				FacilitatorEnvironment environment = FacilitatorEnvironment.of(ledger);
				HookServer hook = new HookServer()) {
			Map<String, String> properties = new HashMap<>(ReleasedBooksRun.properties(environment));
			properties.putAll(books.properties());
			properties.putAll(hook.properties(0, "shop"));
			properties.put("facilitator.deferred.max-age", "1s");
			JdbcClient jdbc = books.jdbc();
			assertThat(count(jdbc, "status in ('COMMITTED', 'HELD', 'SUBMITTED')")).isPositive();
			try (AdministeredNode node = AdministeredNode.start(environment, properties)) {
				Eventually
					.isTrue(() -> count(jdbc, "status in ('RESERVED', 'SUBMITTED', 'COMMITTED') or defaulted") == 0);
				assertThat(environment.usdc(environment.merchant).longValueExact())
					.isEqualTo(jdbc.sql("select sum(amount) from settlement where status = 'CONFIRMED'")
						.query(Long.class)
						.single());
				Eventually.isTrue(() -> jdbc.sql("select count(*) from event_outbox where state = 'WAITING'")
					.query(Integer.class)
					.single() == 0);
				readAll(node, environment, jdbc);
			}
			Map<String, String> all = environment.properties(properties);
			assertThat(Commands.run(all, "reconcile").code()).as("reconcile").isZero();
			assertThat(Commands.run(all, "audit", "verify").code()).as("audit verify").isZero();
			assertThat(Commands.run(all, "evidence", "--of", signed(jdbc)).text()).contains("sessionKey");
		}
	}

	private static String signed(JdbcClient jdbc) {
		return jdbc.sql("select settlement_id from payment_evidence").query(String.class).single();
	}

	private static void readAll(AdministeredNode node, FacilitatorEnvironment environment, JdbcClient jdbc) {
		for (String payer : jdbc.sql("select distinct payer from payment_session").query(String.class).list()) {
			Reply sessions = node.alice.get("/admin/sessions?payer=" + payer);
			assertThat(sessions.body().findValuesAsString("handle")).as("sessions of a payer").isNotEmpty();
			sessions.body()
				.findValuesAsString("handle")
				.forEach((handle) -> assertThat(node.alice.get("/admin/sessions/" + handle).status()).isEqualTo(200));
		}
		Reply settlements = environment.client.with("Bearer " + ReleasedBooksRun.KEY)
			.get("/settlements?recipient=" + environment.merchant.getAccountId());
		assertThat(settlements.body().at("/settlements")).hasSizeGreaterThan(5);
		assertThat(node.audit()).isNotEmpty();
		assertThat(node.alice.get("/admin/commitments").status()).isEqualTo(200);
		assertThat(node.alice.get("/admin/transactions").status()).isEqualTo(200);
		assertThat(environment.client.get("/discovery/search?query=quotes").body().at("/resources")).hasSize(1);
	}

	private static int count(JdbcClient jdbc, String condition) {
		return jdbc.sql("select count(*) from settlement where " + condition).query(Integer.class).single();
	}

	/** What the released version would read, in an order that is the same each time. */
	private static Map<String, List<Map<String, Object>>> rows(JdbcClient jdbc, SchemaCatalogue catalogue) {
		Map<String, List<Map<String, Object>>> rows = new TreeMap<>();
		for (String table : catalogue.tables()) {
			if (!table.matches(NOT_OURS)) {
				String columns = catalogue.columns(table)
					.stream()
					.map((name) -> '"' + name + '"')
					.collect(Collectors.joining(", "));
				rows.put(table,
						jdbc.sql("select %1$s from %2$s order by %1$s".formatted(columns, table)).query().listOfRows());
			}
		}
		return rows;
	}

}
