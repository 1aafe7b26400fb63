package io.github.x402sessions.facilitator;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

import com.zaxxer.hikari.HikariDataSource;
import io.github.x402sessions.facilitator.store.BooksDatabase;
import io.github.x402sessions.facilitator.store.DatabaseClock;
import io.github.x402sessions.facilitator.store.Dialect;
import io.github.x402sessions.facilitator.store.Migrations;
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

	private HikariDataSource dataSource;

	private TestDatabase(String url, String user) {
		this.url = url;
		this.user = user;
	}

	public static TestDatabase sqlite() {
		try {
			Path directory = Files.createTempDirectory("facilitator");
			return new TestDatabase("jdbc:sqlite:" + directory.resolve("books.db"), "");
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	public static TestDatabase postgres() {
		String name = "books_" + UUID.randomUUID().toString().replace("-", "");
		JdbcClient.create(Server.POSTGRES.getPostgresDatabase()).sql("create database " + name).update();
		return new TestDatabase(Server.POSTGRES.getJdbcUrl("postgres", name), "postgres");
	}

	public static TestDatabase of(Dialect dialect) {
		return (dialect == Dialect.SQLITE) ? sqlite() : postgres();
	}

	/** The database of a facilitator that has these properties. */
	static TestDatabase at(Map<String, String> properties) {
		return new TestDatabase(properties.get("facilitator.database-url"),
				properties.getOrDefault("facilitator.database-username", ""));
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
		return BooksDatabase.jdbc(dataSource(), dialect());
	}

	public TransactionOperations transactions() {
		return BooksDatabase.transactions(dataSource(), dialect());
	}

	public DatabaseClock clock() {
		return new DatabaseClock(jdbc(), dialect());
	}

	/**
	 * Begin a transaction with a change, let somebody else do something until the
	 * database makes them wait, and commit.
	 */
	public <T> CompletableFuture<T> whileLocked(String change, Supplier<T> other) {
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
		});
		return result;
	}

	/**
	 * SQLite waits inside its driver, where no query can see it. PostgreSQL would show a
	 * transaction always the same connections.
	 */
	private boolean isWaiting(Thread thread) {
		if (dialect() == Dialect.SQLITE) {
			return Arrays.stream(thread.getStackTrace())
				.anyMatch((frame) -> frame.getClassName().equals("org.sqlite.core.NativeDB"));
		}
		jdbc().sql("select pg_stat_clear_snapshot()").query((row, number) -> "").list();
		return jdbc().sql("""
				select count(*) from pg_stat_activity where datname = current_database()
				and wait_event_type = 'Lock'""").query(Integer.class).single() > 0;
	}

	/** The connections of another process, which whoever asks closes. */
	public HikariDataSource pool() {
		return BooksDatabase.pool(this.url, this.user, "");
	}

	synchronized HikariDataSource dataSource() {
		if (this.dataSource == null) {
			this.dataSource = pool();
			Migrations.run(this.dataSource);
		}
		return this.dataSource;
	}

	@Override
	public synchronized void close() {
		if (this.dataSource != null) {
			this.dataSource.close();
		}
	}

	private static final class Server {

		private static final EmbeddedPostgres POSTGRES = start();

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
