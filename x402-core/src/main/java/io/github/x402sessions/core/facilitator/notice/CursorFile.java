package io.github.x402sessions.core.facilitator.notice;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;

/**
 * A cursor in a file of properties, which is replaced as a whole with each change.
 */
final class CursorFile implements NoticeCursor {

	private final Path file;

	CursorFile(Path file) {
		this.file = Objects.requireNonNull(file, "file");
	}

	@Override
	public Optional<String> read(String facilitator, String recipient) {
		return Optional.ofNullable(places().getProperty(facilitator + " " + recipient));
	}

	@Override
	public void keep(String facilitator, String recipient, String next) {
		Properties places = places();
		places.setProperty(facilitator + " " + recipient, next);
		Path written = this.file.resolveSibling(this.file.getFileName() + ".new");
		try {
			try (Writer writer = Files.newBufferedWriter(written)) {
				places.store(writer, null);
			}
			Files.move(written, this.file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
		}
		catch (IOException ex) {
			throw new UncheckedIOException("it could not be kept how far the settlements were read", ex);
		}
	}

	private Properties places() {
		Properties places = new Properties();
		try (var reader = Files.newBufferedReader(this.file)) {
			places.load(reader);
		}
		catch (NoSuchFileException ex) {
			// Nothing was read yet.
		}
		catch (IOException ex) {
			throw new UncheckedIOException("it is not known how far the settlements were read", ex);
		}
		return places;
	}

}
