package io.github.x402sessions.facilitator;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.zip.GZIPInputStream;

import com.zaxxer.hikari.HikariDataSource;
import io.github.x402sessions.facilitator.store.jdbc.database.Dialect;

/**
 * What the released version has left behind, and what it asks of its database:
 * {@code released/record} makes these files.
 */
final class ReleasedBooks {

	/** Where the files are among the resources of tests. */
	static final String FOLDER = "/released/";

	private ReleasedBooks() {
	}

	/** Put its books back, as they were when it was killed. */
	static TestDatabase restore(Dialect dialect) {
		TestDatabase database = TestDatabase.empty(dialect);
		if (dialect == Dialect.SQLITE) {
			write(name(dialect) + ".db.gz", fileOf(database));
			return database;
		}
		try (HikariDataSource pool = database.pool();
				Connection connection = pool.getConnection();
				Statement statement = connection.createStatement()) {
			statement.execute("set check_function_bodies = false");
			statement.execute(new String(read(name(dialect) + ".sql.gz"), StandardCharsets.UTF_8));
		}
		catch (SQLException ex) {
			throw new AssertionError(ex);
		}
		return database;
	}

	/** Put the network of its books back into a file. */
	static void restoreLedger(Dialect dialect, Path file) {
		write(name(dialect) + ".ledger.gz", file);
	}

	/** The statements that it runs. */
	static List<String> statements(Dialect dialect) {
		return new String(read(name(dialect) + ".statements"), StandardCharsets.UTF_8).lines().toList();
	}

	static Path fileOf(TestDatabase sqlite) {
		return Path.of(sqlite.properties().get("facilitator.database-url").substring("jdbc:sqlite:".length()));
	}

	static String name(Dialect dialect) {
		return dialect.name().toLowerCase(Locale.ROOT);
	}

	private static void write(String name, Path file) {
		try {
			Files.write(file, read(name));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static byte[] read(String name) {
		try (InputStream stored = Objects.requireNonNull(ReleasedBooks.class.getResourceAsStream(FOLDER + name), name);
				InputStream content = name.endsWith(".gz") ? new GZIPInputStream(stored) : stored) {
			return content.readAllBytes();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
