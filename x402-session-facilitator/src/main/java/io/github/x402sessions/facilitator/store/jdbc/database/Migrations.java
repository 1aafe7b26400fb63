package io.github.x402sessions.facilitator.store.jdbc.database;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.pool.HikariPool;
import io.github.x402sessions.facilitator.store.DatabaseSchema;
import io.github.x402sessions.facilitator.store.NoDatabaseException;
import io.github.x402sessions.stellar.rpc.Polling;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationInfoService;
import org.flywaydb.core.api.MigrationState;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings the tables up to date. Keeps a history of its own, so that they may share a
 * database with an application that uses Flyway too. What comes new runs beside nodes of
 * the version before: it adds, takes nothing away but indexes, and makes and drops these
 * <code>${concurrently}</code>, which takes as long as it takes and keeps nobody waiting.
 */
public final class Migrations {

	private static final Logger logger = LoggerFactory.getLogger(Migrations.class);

	private static final String HISTORY = "x402_facilitator_history";

	private static final String[] TABLES = { "TABLE" };

	/** The flag of SQLite that opens a file for writing and makes none. */
	private static final String EXISTING = "2";

	/** What an index is made of is sorted, all of it in memory otherwise. */
	private static final String SORT_IN_FILES = "pragma temp_store = file";

	private static final int MAX_TRIES = 5;

	private static final Polling PAUSE = new Polling(Duration.ofMillis(300));

	private Migrations() {
	}

	/**
	 * See to the tables of a database that was not used before.
	 * @param dataSource the pool
	 * @param schema what is done
	 * @throws NoDatabaseException if they are not as they have to be
	 */
	public static void open(HikariDataSource dataSource, DatabaseSchema schema) {
		switch (schema) {
			case MIGRATED -> run(dataSource);
			case REQUIRED -> {
				if (Dialect.of(dataSource.getJdbcUrl()) == Dialect.SQLITE) {
					dataSource.addDataSourceProperty("open_mode", EXISTING);
				}
				require(dataSource);
			}
		}
	}

	/**
	 * Nodes that start on a new database at once get in each other's way, for a moment.
	 * The connections that were used are closed: they have other limits than those that
	 * serve.
	 */
	public static void run(HikariDataSource dataSource) {
		for (int tries = 1; true; tries++) {
			try {
				run(configuration(dataSource).load());
				dataSource.getHikariPoolMXBean().softEvictConnections();
				return;
			}
			catch (FlywayException ex) {
				if (tries == MAX_TRIES || !PAUSE.pause()) {
					throw ex;
				}
			}
		}
	}

	/**
	 * Only what runs outside a transaction leaves behind that it has failed. It is made
	 * to be run again, by the next node too that starts.
	 */
	private static void run(Flyway flyway) {
		MigrationInfoService info = flyway.info();
		if (Arrays.stream(info.all()).anyMatch((step) -> step.getState() == MigrationState.FAILED)) {
			flyway.repair();
		}
		if (info.current() != null && info.pending().length > 0) {
			logger.info("The database is brought up to date, which takes minutes where there are many settlements");
		}
		flyway.migrate();
	}

	/**
	 * Change nothing, and make sure that there is nothing to change.
	 * @throws NoDatabaseException if there is, or the database cannot be opened
	 */
	private static void require(HikariDataSource dataSource) {
		try {
			MigrationInfoService info = configuration(dataSource).load().info();
			if (info.current() == null || info.pending().length > 0) {
				throw new NoDatabaseException("the database of facilitator.database-url holds none of this version",
						null);
			}
		}
		catch (FlywayException | HikariPool.PoolInitializationException ex) {
			throw new NoDatabaseException("the database of facilitator.database-url cannot be opened", ex);
		}
	}

	static FluentConfiguration configuration(HikariDataSource dataSource) {
		Dialect dialect = Dialect.of(dataSource.getJdbcUrl());
		FluentConfiguration configuration = Flyway.configure()
			.dataSource(dataSource)
			.locations("classpath:x402/facilitator/migration",
					"classpath:x402/facilitator/migration-of/" + dialect.name().toLowerCase(Locale.ROOT))
			.table(HISTORY)
			.baselineOnMigrate(isBesideOthers(dataSource))
			.baselineVersion("0")
			.placeholders(Map.of("concurrently", dialect.isShared() ? "concurrently" : ""))
			.configuration(Map.of("flyway.postgresql.transactional.lock", "false"));
		return dialect.isShared() ? configuration.initSql("set statement_timeout = 0").callbacks(new LockPatience())
				: configuration.initSql(SORT_IN_FILES);
	}

	/** Whether there are tables, and none of them is ours yet. */
	private static boolean isBesideOthers(HikariDataSource dataSource) {
		try (Connection connection = dataSource.getConnection();
				ResultSet tables = connection.getMetaData()
					.getTables(connection.getCatalog(), connection.getSchema(), "%", TABLES)) {
			List<String> names = new ArrayList<>();
			while (tables.next()) {
				names.add(tables.getString("TABLE_NAME"));
			}
			return !names.isEmpty() && names.stream().noneMatch(HISTORY::equalsIgnoreCase);
		}
		catch (SQLException ex) {
			throw new FlywayException("the tables of the database cannot be listed", ex);
		}
	}

}
