package io.github.x402sessions.facilitator.store.jdbc.database;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import com.zaxxer.hikari.HikariDataSource;
import io.github.x402sessions.facilitator.TestDatabase;
import io.github.x402sessions.facilitator.store.jdbc.StoredRow;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class MigrationsTests {

	/** The last version before session keys and commitments. */
	private static final String BEFORE = "47";

	/** The last version before payments without a session. */
	private static final String BEFORE_ACCOUNTS = "54";

	private static final String KNOWN_THEN = """
			select id, session_id, asset, payer, recipient, amount, status, tx_hash, node, ledger, note, payment_id,
			payment_terms, created_at, updated_at, told, waited_until, telling from settlement order by id""";

	@TempDir
	private Path folder;

	@Test
	void tablesStandBesideThoseOfAnApplicationWithAHistoryOfItsOwn() {
		try (HikariDataSource database = database()) {
			JdbcClient jdbc = JdbcClient.create(database);
			jdbc.sql("create table flyway_schema_history (version varchar(10))").update();
			jdbc.sql("insert into flyway_schema_history values ('99')").update();
			Migrations.run(database);
			Migrations.run(database);
			assertThat(jdbc.sql("select count(*) from settlement").query(Integer.class).single()).isZero();
			assertThat(jdbc.sql("select version from flyway_schema_history").query(String.class).single())
				.isEqualTo("99");
		}
	}

	@Test
	void nodesMayStartOnANewDatabaseAtOnce() throws Exception {
		ExecutorService nodes = Executors.newFixedThreadPool(4);
		try (HikariDataSource database = database()) {
			List<Future<?>> started = new ArrayList<>();
			for (int i = 0; i < 4; i++) {
				started.add(nodes.submit(() -> Migrations.run(database)));
			}
			for (Future<?> node : started) {
				node.get();
			}
			assertThat(JdbcClient.create(database).sql("select count(*) from settlement").query(Integer.class).single())
				.isZero();
		}
		finally {
			nodes.shutdownNow();
		}
	}

	@ParameterizedTest
	@EnumSource(Dialect.class)
	void whatTheBooksHoldStaysAsItIs(Dialect dialect) {
		try (TestDatabase empty = TestDatabase.empty(dialect); HikariDataSource database = empty.pool()) {
			JdbcClient jdbc = DatabasePool.jdbc(database, dialect);
			until(database, BEFORE);
			fill(jdbc);
			List<Map<String, Object>> before = jdbc.sql(KNOWN_THEN).query().listOfRows();
			Migrations.run(database);
			assertThat(jdbc.sql(KNOWN_THEN).query().listOfRows()).isEqualTo(before).hasSize(6);
			assertThat(jdbc.sql("select count(*) from settlement where not deferred and not defaulted")
				.query(Integer.class)
				.single()).isEqualTo(6);
			assertThat(jdbc.sql("select committed from payment_session").query(Long.class).single()).isZero();
			assertThatExceptionOfType(DataIntegrityViolationException.class).isThrownBy(
					() -> StoredRow.settlement("again", "RESERVED").with("payment_id", "CONFIRMED").insert(jdbc));
			StoredRow.settlement("another", "RESERVED").with("payment_id", "FAILED").insert(jdbc);
			StoredRow.commitment("commitment").insert(jdbc);
		}
	}

	@ParameterizedTest
	@EnumSource(Dialect.class)
	void whatSessionsPaidStaysTheirsBesideWhatOthersPay(Dialect dialect) {
		try (TestDatabase empty = TestDatabase.empty(dialect); HikariDataSource database = empty.pool()) {
			JdbcClient jdbc = DatabasePool.jdbc(database, dialect);
			until(database, BEFORE_ACCOUNTS);
			fill(jdbc);
			StoredRow.commitment("commitment").insert(jdbc);
			List<Map<String, Object>> before = jdbc.sql(KNOWN_THEN).query().listOfRows();
			Migrations.run(database);
			assertThat(jdbc.sql(KNOWN_THEN).query().listOfRows()).isEqualTo(before).hasSize(7);
			assertThat(jdbc.sql("select count(*) from settlement where account is null and payment_alias is null")
				.query(Integer.class)
				.single()).isEqualTo(7);
			assertThatExceptionOfType(DataIntegrityViolationException.class).as("a session's identifier")
				.isThrownBy(
						() -> StoredRow.settlement("again", "RESERVED").with("payment_id", "CONFIRMED").insert(jdbc));
			StoredRow exact = StoredRow.settlement("exact", "RESERVED").with("session_id", null);
			exact.with("account", "exact:p").with("payment_id", "1").with("payment_alias", "a").insert(jdbc);
			assertThatExceptionOfType(DataIntegrityViolationException.class).as("an account's nonce")
				.isThrownBy(
						() -> exact.with("id", "b").with("account", "exact:p").with("payment_id", "1").insert(jdbc));
			assertThatExceptionOfType(DataIntegrityViolationException.class).as("an account's alias")
				.isThrownBy(() -> exact.with("id", "b")
					.with("account", "exact:p")
					.with("payment_id", "2")
					.with("payment_alias", "a")
					.insert(jdbc));
			assertThatExceptionOfType(DataIntegrityViolationException.class).as("a session's and an account's")
				.isThrownBy(() -> StoredRow.settlement("b", "RESERVED").with("account", "exact:p").insert(jdbc));
			jdbc.sql("update settlement set status = 'RELEASED' where id = 'exact'").update();
			exact.with("id", "b")
				.with("account", "exact:p")
				.with("payment_id", "1")
				.with("payment_alias", "a")
				.with("recipient", "M".repeat(69))
				.insert(jdbc);
		}
	}

	private static void fill(JdbcClient jdbc) {
		StoredRow.session("k").with("reserved", 20).with("spent", 10).insert(jdbc);
		StoredRow.transaction("hash", "CONFIRMED").with("ledger", 3).insert(jdbc);
		for (String status : List.of("RESERVED", "RELEASED")) {
			StoredRow.settlement(status, status).with("payment_id", status).with("payment_terms", "terms").insert(jdbc);
		}
		for (String status : List.of("SUBMITTED", "CONFIRMED", "FAILED", "DEAD")) {
			StoredRow.settlement(status, status)
				.with("tx_hash", "hash")
				.with("ledger", 3)
				.with("note", "as it was")
				.with("payment_id", status)
				.with("telling", "somebody")
				.with("told", false)
				.insert(jdbc);
		}
	}

	@Test
	void everyCheckHoldsForAllRowsAndEveryIndexIsWhole() {
		try (TestDatabase books = TestDatabase.postgres()) {
			assertThat(books.jdbc()
				.sql("select conname from pg_constraint where not convalidated")
				.query(String.class)
				.list()).isEmpty();
			assertThat(books.jdbc()
				.sql("select indexrelid::regclass::text from pg_index where not indisvalid")
				.query(String.class)
				.list()).isEmpty();
		}
	}

	/** As a node of the version before would, which goes on meanwhile. */
	@ParameterizedTest
	@EnumSource(Dialect.class)
	void nobodyUndoesACommitment(Dialect dialect) {
		try (TestDatabase books = TestDatabase.of(dialect)) {
			JdbcClient jdbc = books.jdbc();
			StoredRow.session("k").insert(jdbc);
			StoredRow.transaction("hash", "DEAD").insert(jdbc);
			StoredRow.commitment("commitment").insert(jdbc);
			for (String change : List.of("status = 'DEAD', tx_hash = 'hash'", "status = 'FAILED', tx_hash = 'hash'",
					"status = 'RESERVED'", "payment_id = null, payment_terms = null", "held_until = 5",
					"status = 'HELD'", "deferred = false")) {
				assertThatExceptionOfType(DataIntegrityViolationException.class).as(change)
					.isThrownBy(() -> jdbc.sql("update settlement set " + change).update());
			}
			jdbc.sql("update settlement set status = 'HELD', held_until = 5").update();
			assertThatExceptionOfType(DataIntegrityViolationException.class)
				.isThrownBy(() -> jdbc.sql("update settlement set status = 'COMMITTED'").update());
			jdbc.sql("update settlement set status = 'RELEASED', held_until = null, payment_id = null").update();
		}
	}

	@Test
	void indexThatCouldNotBeMadeIsMadeByTheNextStart() {
		try (TestDatabase empty = TestDatabase.empty(Dialect.POSTGRESQL); HikariDataSource database = empty.pool()) {
			JdbcClient jdbc = JdbcClient.create(database);
			until(database, "51");
			StoredRow.session("k").insert(jdbc);
			StoredRow.commitment("one").insert(jdbc);
			StoredRow.commitment("two").with("payment_id", "one").insert(jdbc);
			Flyway failing = Migrations.configuration(database).load();
			assertThatExceptionOfType(FlywayException.class).isThrownBy(failing::migrate);
			jdbc.sql("delete from settlement where id = 'two'").update();
			assertThatExceptionOfType(FlywayException.class).as("the failure is written down")
				.isThrownBy(failing::migrate);
			Migrations.run(database);
			assertThat(failing.info().pending()).isEmpty();
		}
	}

	@Test
	void onlyAnIndexThatIsInNobodysWayWaitsForLocksAsLongAsItTakes() throws Exception {
		Files.writeString(this.folder.resolve("V1__patience.sql"),
				"""
						create table patience as select 'create index concurrently x' as step, current_setting('lock_timeout') as time;
						insert into patience select 'alter table', current_setting('lock_timeout');""");
		try (TestDatabase empty = TestDatabase.empty(Dialect.POSTGRESQL); HikariDataSource database = empty.pool()) {
			Migrations.configuration(database).locations("filesystem:" + this.folder).load().migrate();
			assertThat(JdbcClient.create(database).sql("select time from patience").query(String.class).list())
				.containsExactly("0", "5s");
		}
	}

	@Test
	void largeIndexIsNotSortedInMemory() throws Exception {
		Files.writeString(this.folder.resolve("V1__sorting.sql"),
				"create table sorting as select temp_store from pragma_temp_store;");
		try (HikariDataSource database = database()) {
			Migrations.configuration(database).locations("filesystem:" + this.folder).load().migrate();
			assertThat(JdbcClient.create(database).sql("select temp_store from sorting").query(String.class).single())
				.isEqualTo("1");
		}
	}

	@ParameterizedTest
	@CsvSource({ "SQLITE, pragma temp_store, 2", "POSTGRESQL, show lock_timeout, 250ms",
			"POSTGRESQL, show statement_timeout, 20s" })
	void whatServesHasNotTheLimitsOfMigrations(Dialect dialect, String setting, String value) {
		try (TestDatabase empty = TestDatabase.empty(dialect); HikariDataSource database = empty.pool()) {
			Migrations.run(database);
			assertThat(JdbcClient.create(database).sql(setting).query(String.class).single()).isEqualTo(value);
		}
	}

	private static void until(HikariDataSource database, String version) {
		Migrations.configuration(database).target(version).load().migrate();
	}

	private HikariDataSource database() {
		return DatabasePool.pool("jdbc:sqlite:" + this.folder.resolve("shared.db"), "", "");
	}

}
