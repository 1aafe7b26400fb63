package io.github.x402sessions.facilitator;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.UUID;

import com.zaxxer.hikari.HikariDataSource;
import io.github.x402sessions.facilitator.store.Dialect;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import org.flywaydb.core.Flyway;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

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

	public Dialect dialect() {
		return Dialect.of(this.url);
	}

	/** What a facilitator has to be told. */
	public Map<String, String> properties() {
		return Map.of("facilitator.database-url", this.url, "facilitator.database-username", this.user);
	}

	/** Migrate it and look into it. */
	public JdbcClient jdbc() {
		return JdbcClient.create(dataSource());
	}

	public TransactionTemplate transactions() {
		return new TransactionTemplate(new JdbcTransactionManager(dataSource()));
	}

	private synchronized HikariDataSource dataSource() {
		if (this.dataSource == null) {
			this.dataSource = DatabaseConfiguration.dataSource(this.url, this.user, "");
			Flyway.configure()
				.dataSource(this.dataSource)
				.locations("classpath:x402/facilitator/migration")
				.load()
				.migrate();
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
