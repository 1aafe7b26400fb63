package io.github.x402sessions.facilitator;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Arrays;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

import com.zaxxer.hikari.HikariDataSource;
import io.github.x402sessions.facilitator.store.jdbc.TestStore;
import io.github.x402sessions.facilitator.store.jdbc.database.DatabaseClock;
import io.github.x402sessions.facilitator.store.jdbc.database.DatabasePool;
import io.github.x402sessions.facilitator.store.jdbc.database.Dialect;
import io.github.x402sessions.facilitator.store.jdbc.database.Migrations;
import io.github.x402sessions.fixtures.Eventually;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionOperations;

/**
 * A database of its own for a test: a SQLite file, or one in a PostgreSQL server that all
 * tests of this process share.
 */
public final class TestDatabase implements AutoCloseable {

	private final String url;

	private final String user;

	private final boolean migrated;

	private HikariDataSource dataSource;

	private TestDatabase(String url, String user, boolean migrated) {
		this.url = url;
		this.user = user;
		this.migrated = migrated;
	}

	public static TestDatabase sqlite() {
		try {
			Path file = Files.createTempDirectory("facilitator").resolve("books.db");
			fill(file);
			return new TestDatabase("jdbc:sqlite:" + file, "", true);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/** Make a file of SQLite that has all tables. */
	static void fill(Path file) throws IOException {
		Files.copy(SqliteFile.MIGRATED, file);
	}

	public static TestDatabase postgres() {
		return new TestDatabase(Server.create(Server.MIGRATED), Server.USER, true);
	}

	public static TestDatabase of(Dialect dialect) {
		return (dialect == Dialect.SQLITE) ? sqlite() : postgres();
	}

	/** One that has no tables. */
	public static TestDatabase empty(Dialect dialect) {
		if (dialect == Dialect.POSTGRESQL) {
			return new TestDatabase(Server.create(Server.EMPTY), Server.USER, false);
		}
		try {
			return new TestDatabase("jdbc:sqlite:" + Files.createTempDirectory("facilitator").resolve("books.db"), "",
					false);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/** The database of a facilitator that has these properties. */
	static TestDatabase at(Map<String, String> properties) {
		return new TestDatabase(properties.get("facilitator.database-url"),
				properties.getOrDefault("facilitator.database-username", ""), false);
	}

	public Dialect dialect() {
		return Dialect.of(this.url);
	}

	/** What a facilitator has to be told. */
	public Map<String, String> properties() {
		return Map.of("facilitator.database-url", this.url, "facilitator.database-username", this.user);
	}

	/** Migrate it and look into it. */
	public JdbcClient jdbc() {
		return DatabasePool.jdbc(dataSource(), dialect());
	}

	public TransactionOperations transactions() {
		return DatabasePool.transactions(dataSource(), dialect());
	}

	/** The store of another process. */
	public TestStore store() {
		return store(clock());
	}

	/** The store of another process that has a clock of its own. */
	public TestStore store(Clock clock) {
		return new TestStore(jdbc(), transactions(), dialect(), clock);
	}

	/** The store of another process that has connections of its own. */
	public TestStore store(HikariDataSource pool) {
		JdbcClient jdbc = DatabasePool.jdbc(pool, dialect());
		return new TestStore(jdbc, DatabasePool.transactions(pool, dialect()), dialect(),
				new DatabaseClock(jdbc, dialect()));
	}

	public DatabaseClock clock() {
		return new DatabaseClock(jdbc(), dialect());
	}

	/**
	 * Begin a transaction with a change, let somebody else do something until the
	 * database makes them wait, and commit.
	 */
	public <T> CompletableFuture<T> whileLocked(String change, Supplier<T> other) {
		return whileLocked(change, other, () -> {
		});
	}

	/** Do something more while they wait. */
	public <T> CompletableFuture<T> whileLocked(String change, Supplier<T> other, Runnable more) {
		CompletableFuture<T> result = new CompletableFuture<>();
		transactions().executeWithoutResult((status) -> {
			jdbc().sql(change).update();
			Thread thread = new Thread(() -> {
				try {
					result.complete(other.get());
				}
				catch (RuntimeException ex) {
					result.completeExceptionally(ex);
				}
			});
			thread.setDaemon(true);
			thread.start();
			Eventually.isTrue(() -> isWaiting(thread));
			more.run();
		});
		return result;
	}

	/**
	 * SQLite waits inside its driver, where no query can see it, or in our own queue.
	 * PostgreSQL would show a transaction always the same connections.
	 */
	private boolean isWaiting(Thread thread) {
		if (dialect() == Dialect.SQLITE) {
			return Arrays.stream(thread.getStackTrace())
				.map(StackTraceElement::getClassName)
				.anyMatch((name) -> name.equals("org.sqlite.core.NativeDB") || name.endsWith(".WriterQueue"));
		}
		jdbc().sql("select pg_stat_clear_snapshot()").query((row, number) -> "").list();
		return jdbc().sql("""
				select count(*) from pg_stat_activity where datname = current_database()
				and wait_event_type = 'Lock'""").query(Integer.class).single() > 0;
	}

	/** The connections of another process, which whoever asks closes. */
	public HikariDataSource pool() {
		return DatabasePool.pool(this.url, this.user, "");
	}

	synchronized HikariDataSource dataSource() {
		if (this.dataSource == null) {
			this.dataSource = pool();
			if (!this.migrated) {
				Migrations.run(this.dataSource);
			}
		}
		return this.dataSource;
	}

	@Override
	public synchronized void close() {
		if (this.dataSource != null) {
			this.dataSource.close();
		}
	}

	private static void migrate(String url, String user) {
		try (HikariDataSource database = DatabasePool.pool(url, user, "")) {
			Migrations.run(database);
		}
	}

	/** Copied, because a migration takes longer than most tests. */
	private static final class SqliteFile {

		private static final Path MIGRATED = migrated();

		private static Path migrated() {
			try {
				Path file = Files.createTempDirectory("facilitator").resolve("template.db");
				migrate("jdbc:sqlite:" + file, "");
				return file;
			}
			catch (IOException ex) {
				throw new UncheckedIOException(ex);
			}
		}

	}

	private static final class Server {

		private static final String USER = "postgres";

		/** The server's own template. */
		private static final String EMPTY = "template1";

		private static final EmbeddedPostgres POSTGRES = start();

		private static final String MIGRATED = migrated();

		private static String migrated() {
			String url = create(EMPTY);
			migrate(url, USER);
			return url.replaceAll(".*/([^/?]+)\\?.*", "$1");
		}

		/** Copy a database and return the copy's URL. */
		private static synchronized String create(String template) {
			String name = "books_" + UUID.randomUUID().toString().replace("-", "");
			JdbcClient.create(POSTGRES.getPostgresDatabase())
				.sql("create database " + name + " template " + template)
				.update();
			return POSTGRES.getJdbcUrl(USER, name);
		}

		private static EmbeddedPostgres start() {
			try {
				EmbeddedPostgres postgres = EmbeddedPostgres.builder()
					.setServerConfig("max_connections", "200")
					.start();
				Runtime.getRuntime().addShutdownHook(new Thread(() -> close(postgres)));
				return postgres;
			}
			catch (IOException ex) {
				throw new UncheckedIOException(ex);
			}
		}

		private static void close(EmbeddedPostgres postgres) {
			try {
				postgres.close();
			}
			catch (IOException ex) {
				throw new UncheckedIOException(ex);
			}
		}

	}

}
