package io.github.x402sessions.facilitator.key;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.github.x402sessions.facilitator.logging.LogThrottle;
import io.github.x402sessions.facilitator.schedule.PeriodicTask;
import io.github.x402sessions.stellar.account.AccountKey;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A file of secret seeds, one a line, the current one first, which is read again every
 * second. What cannot be read, or holds anything but seeds, changes nothing: the keys
 * stay those that there were, and that is said. A key that the file has no longer is kept
 * until the process ends, because sessions may rest on it. Thread-safe.
 */
final class KeyFile implements Spenders, AutoCloseable {

	private static final Logger logger = LoggerFactory.getLogger(KeyFile.class);

	private static final LogThrottle LOG = new LogThrottle(Duration.ofMinutes(1));

	private static final Duration ROUND = Duration.ofSeconds(1);

	/** Of some hundred seeds. */
	private static final int LONGEST = 16 * 1024;

	private final Path file;

	private final PeriodicTask rounds = PeriodicTask.every("x402-key-file", ROUND, this::look);

	private volatile List<AccountKey> keys = List.of();

	private volatile @Nullable String problem;

	private KeyFile(Path file) {
		this.file = file;
	}

	/**
	 * Read a file and watch it.
	 * @throws IllegalArgumentException if it does not hold seeds; the message repeats
	 * none
	 * @throws IOException if it cannot be read
	 */
	static KeyFile open(Path file) throws IOException {
		KeyFile opened = new KeyFile(file);
		opened.keys = read(file);
		opened.rounds.start(ROUND);
		return opened;
	}

	/**
	 * Read the seeds of a file.
	 * @throws IllegalArgumentException if a line is no seed, or there is none
	 */
	static List<AccountKey> read(Path file) throws IOException {
		byte[] content;
		try (InputStream in = Files.newInputStream(file)) {
			content = in.readNBytes(LONGEST + 1);
		}
		if (content.length > LONGEST) {
			throw new IllegalArgumentException("is longer than " + LONGEST + " bytes");
		}
		List<String> lines = new String(content, StandardCharsets.US_ASCII).lines()
			.map(String::trim)
			.filter((line) -> !line.isEmpty() && !line.startsWith("#"))
			.toList();
		if (lines.isEmpty()) {
			throw new IllegalArgumentException("holds no secret seed");
		}
		List<AccountKey> keys = new ArrayList<>();
		for (String line : lines) {
			try {
				keys.add(AccountKey.of(line));
			}
			catch (IllegalArgumentException ex) {
				throw new IllegalArgumentException("holds something that is no secret seed");
			}
		}
		return List.copyOf(keys);
	}

	@Override
	public List<AccountKey> signers() {
		return this.keys;
	}

	/** Return why the file was not taken, if it was not. */
	Optional<String> problem() {
		return Optional.ofNullable(this.problem);
	}

	/** Read it again. */
	void look() {
		try {
			take(read(this.file));
			this.problem = null;
		}
		catch (IllegalArgumentException ex) {
			keep(String.valueOf(ex.getMessage()));
		}
		catch (IOException ex) {
			keep("cannot be read: " + ex.getClass().getSimpleName());
		}
	}

	private void keep(String reason) {
		if (!reason.equals(this.problem)) {
			LOG.log(this.file + reason, (skipped) -> logger
				.error("The key file {} {}: the keys that were read before stay in use", this.file, reason));
		}
		this.problem = reason;
	}

	private void take(List<AccountKey> read) {
		Map<String, AccountKey> known = new LinkedHashMap<>();
		read.forEach((key) -> known.putIfAbsent(key.address(), key));
		this.keys.forEach((key) -> known.putIfAbsent(key.address(), key));
		String before = this.keys.get(0).address();
		String now = read.get(0).address();
		this.keys = List.copyOf(known.values());
		if (!now.equals(before)) {
			logger.warn("The key file {} names the spender {} in place of {}, whose sessions go on", this.file, now,
					before);
		}
	}

	@Override
	public void close() {
		this.rounds.close();
	}

	@Override
	public String toString() {
		return "KeyFile[" + this.file + "]";
	}

}
