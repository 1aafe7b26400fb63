package io.github.x402sessions.facilitator.store.jdbc.database;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import com.zaxxer.hikari.HikariDataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;

class MigrationsTests {

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

	private HikariDataSource database() {
		return DatabasePool.pool("jdbc:sqlite:" + this.folder.resolve("shared.db"), "", "");
	}

}
