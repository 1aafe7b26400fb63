package io.github.x402sessions.spring;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

import javax.sql.DataSource;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DelegatingDataSource;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/**
 * A database of its own for a test, which can be out of reach.
 */
public final class ShopDatabase extends DelegatingDataSource {

	private final AtomicBoolean away = new AtomicBoolean();

	private final AtomicBoolean broken = new AtomicBoolean();

	private final AtomicInteger failures = new AtomicInteger();

	private ShopDatabase(DataSource dataSource) {
		super(dataSource);
	}

	public static ShopDatabase of(Kind kind) {
		return new ShopDatabase(new DriverManagerDataSource(kind.url()));
	}

	public void away(boolean away) {
		this.away.set(away);
	}

	/** Let statements fail with what no driver should throw. */
	public void broken(boolean broken) {
		this.broken.set(broken);
	}

	public int failures() {
		return this.failures.get();
	}

	public JdbcClient jdbc() {
		return JdbcClient.create(this);
	}

	@Override
	public Connection getConnection() throws SQLException {
		if (this.away.get()) {
			throw new SQLException("the database is away");
		}
		Connection connection = super.getConnection();
		return this.broken.get() ? breaking(connection) : connection;
	}

	private Connection breaking(Connection connection) {
		return (Connection) Proxy.newProxyInstance(getClass().getClassLoader(), new Class<?>[] { Connection.class },
				(proxy, method, arguments) -> {
					if (method.getName().equals("prepareStatement")) {
						this.failures.incrementAndGet();
						throw new IllegalStateException("a fault of the driver");
					}
					return method.invoke(connection, arguments);
				});
	}

	/** What it runs on. */
	public enum Kind {

		POSTGRESQL {

			@Override
			String url() {
				return Server.newDatabase();
			}

		},

		SQLITE {

			@Override
			String url() {
				try {
					return "jdbc:sqlite:" + Files.createTempDirectory("shop").resolve("shop.db")
							+ "?busy_timeout=10000";
				}
				catch (IOException ex) {
					throw new UncheckedIOException(ex);
				}
			}

		};

		abstract String url();

	}

	/** One server for all tests of the process. */
	private static final class Server {

		private static final EmbeddedPostgres POSTGRES = start();

		private static EmbeddedPostgres start() {
			try {
				EmbeddedPostgres server = EmbeddedPostgres.start();
				Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(server)));
				return server;
			}
			catch (IOException ex) {
				throw new UncheckedIOException(ex);
			}
		}

		private static void stop(EmbeddedPostgres server) {
			try {
				server.close();
			}
			catch (IOException ex) {
				throw new UncheckedIOException(ex);
			}
		}

		static String newDatabase() {
			String name = "j" + UUID.randomUUID().toString().replace("-", "");
			JdbcClient.create(POSTGRES.getPostgresDatabase()).sql("create database " + name).update();
			return POSTGRES.getJdbcUrl("postgres", name);
		}

	}

}
