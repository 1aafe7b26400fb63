package io.github.x402sessions.facilitator.store.jdbc.database;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import io.github.x402sessions.facilitator.config.InvalidPropertyException;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a second process from serving on the same SQLite file: each would take up what
 * the other has under way. The lock is on a file beside the database and ends with the
 * process, however that ends. A database that several nodes share needs none.
 */
public final class DatabaseFileLock implements AutoCloseable {

	private static final String PREFIX = "jdbc:sqlite:";

	/**
	 * Those of this process, which must not be opened again: to close a file ends the
	 * locks that its process has on it.
	 */
	private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

	private final String url;

	private @Nullable Path path;

	private @Nullable FileChannel channel;

	public DatabaseFileLock(String url) {
		this.url = url;
	}

	/**
	 * Take the lock.
	 * @throws InvalidPropertyException if another process has it
	 */
	public synchronized void acquire() {
		Path wanted = lockFile();
		if (wanted == null || this.channel != null) {
			return;
		}
		require(HELD.add(wanted));
		this.path = wanted;
		try {
			this.channel = FileChannel.open(wanted, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
			require(this.channel.tryLock() != null);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(
					"The lock file beside the database of facilitator.database-url cannot be used", ex);
		}
	}

	private static void require(boolean free) {
		if (!free) {
			throw new InvalidPropertyException("database-url", "names a SQLite file that another facilitator serves on",
					"Stop that one, or give both a PostgreSQL database (jdbc:postgresql:…), which several nodes may share.");
		}
	}

	/**
	 * Return the lock file beside the database itself, by whatever name that goes;
	 * {@code null} where the database is no file.
	 */
	private @Nullable Path lockFile() {
		String name = this.url.startsWith(PREFIX)
				? this.url.substring(PREFIX.length()).replaceFirst("[?].*", "").replaceFirst("^file:(//)?", "") : "";
		if (Dialect.of(this.url) != Dialect.SQLITE || name.isEmpty() || name.contains(":memory:")) {
			return null;
		}
		Path database = real(Path.of(name).toAbsolutePath());
		return database.resolveSibling(database.getFileName() + ".lock");
	}

	private static Path real(Path file) {
		try {
			return Files.exists(file) ? file.toRealPath()
					: Objects.requireNonNull(file.getParent()).toRealPath().resolve(file.getFileName());
		}
		catch (IOException ex) {
			return file;
		}
	}

	@Override
	public synchronized void close() throws IOException {
		if (this.channel != null) {
			this.channel.close();
			this.channel = null;
		}
		if (this.path != null) {
			HELD.remove(this.path);
			this.path = null;
		}
	}

}
