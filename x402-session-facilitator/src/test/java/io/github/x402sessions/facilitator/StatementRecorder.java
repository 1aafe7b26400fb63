package io.github.x402sessions.facilitator;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;

import io.github.x402sessions.facilitator.store.jdbc.database.Dialect;
import io.github.x402sessions.facilitator.store.jdbc.database.Migrations;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Writes down which statements the facilitator runs while tests use it, where the system
 * property {@code x402.statements} names a directory for them and extensions are
 * detected. What tests ask of the database themselves is left out. See
 * {@code released/record}.
 */
public final class StatementRecorder implements BeforeAllCallback {

	private static final Map<Dialect, String> ANY = Map.of(Dialect.SQLITE, "jdbc:sqlite::memory:", Dialect.POSTGRESQL,
			"jdbc:postgresql://localhost/any");

	/** What runs the statements of others. */
	private static final Set<String> RUNNERS = Set.of("SingleStatements", "RetriedTransactions", "WriterQueue",
			"LockRetries");

	private static final StackWalker STACK = StackWalker.getInstance(StackWalker.Option.RETAIN_CLASS_REFERENCE);

	@Override
	public void beforeAll(ExtensionContext context) {
		if (!directory().isEmpty()) {
			context.getRoot()
				.getStore(ExtensionContext.Namespace.create(StatementRecorder.class))
				.computeIfAbsent(Recording.class, (key) -> new Recording(), Recording.class);
		}
	}

	/** A list of values is as good as another one of another length. */
	private static String line(String sql) {
		return sql.strip()
			.replaceAll("\\s+", " ")
			.replaceAll("\\bin \\(\\?(, \\?)*\\)", "in (?)")
			.replaceAll("(\\((?:\\?, )*\\?\\))(, \\1)+", "$1");
	}

	private static boolean isOfTheFacilitator() {
		return STACK.walk((frames) -> frames.map(StackWalker.StackFrame::getDeclaringClass)
			.filter((type) -> type.getName().startsWith("io.github.x402sessions.") && !isRunner(type))
			.findFirst()
			.filter((type) -> type != Migrations.class)
			.map((type) -> type.getProtectionDomain().getCodeSource().getLocation().getPath())
			.filter((path) -> !path.endsWith("/test-classes/"))
			.isPresent());
	}

	private static boolean isRunner(Class<?> type) {
		String name = type.getName().replaceAll("^.*\\.([^.$]+)(\\$.*)?$", "$1");
		return RUNNERS.contains(name) || name.equals("RecordingDriver") || name.equals("StatementRecorder");
	}

	private static String directory() {
		return System.getProperty("x402.statements", "");
	}

	/** What is written down of all classes of a process. */
	private static final class Recording implements AutoCloseable {

		private final Map<Dialect, Set<String>> statements = new EnumMap<>(Dialect.class);

		private Recording() {
			ANY.forEach((dialect, url) -> {
				Set<String> known = new ConcurrentSkipListSet<>();
				this.statements.put(dialect, known);
				try {
					RecordingDriver.instead(url, (sql) -> {
						if (isOfTheFacilitator()) {
							known.add(line(sql));
						}
					});
				}
				catch (SQLException ex) {
					throw new IllegalStateException(ex);
				}
			});
		}

		@Override
		public void close() throws IOException {
			for (Map.Entry<Dialect, Set<String>> known : this.statements.entrySet()) {
				Files.write(Path.of(directory(), "%s-%d.sql".formatted(known.getKey().name().toLowerCase(Locale.ROOT),
						ProcessHandle.current().pid())), known.getValue());
			}
		}

	}

}
