package io.github.x402sessions.samples.agent.find;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

import io.github.x402sessions.core.protocol.MalformedMessageException;
import io.github.x402sessions.core.protocol.WireJson;
import io.github.x402sessions.samples.agent.failure.WrongOptionException;
import picocli.CommandLine.Option;

/**
 * The file that the last search is kept in, so that its results have numbers.
 */
public final class FoundFile {

	@Option(names = "--found", paramLabel = "FILE", defaultValue = "${sys:user.home}/.x402/found.json",
			description = "The file that the last search is kept in (default: ${DEFAULT-VALUE}).")
	private Path file = Path.of("found.json");

	/**
	 * Keep a search in the place of the last one.
	 * @throws WrongOptionException if it cannot be written
	 */
	public void write(FoundList list) {
		Path place = this.file.toAbsolutePath();
		try {
			Files.createDirectories(place.getParent());
			Path written = Files.createTempFile(place.getParent(), ".found", ".part");
			try {
				Files.write(written, WireJson.write(list));
				Files.move(written, place, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
			}
			finally {
				Files.deleteIfExists(written);
			}
		}
		catch (IOException ex) {
			throw new WrongOptionException("--found", "cannot be written: " + this.file);
		}
	}

	/**
	 * Read the last search.
	 * @throws WrongOptionException if there is none
	 */
	public FoundList read() {
		try {
			return WireJson.readCollection(Files.readAllBytes(this.file), FoundList.class);
		}
		catch (NoSuchFileException ex) {
			throw new WrongOptionException("--found", "nothing was found yet: there is no file " + this.file);
		}
		catch (IOException ex) {
			throw new WrongOptionException("--found", "cannot be read: " + ex.getClass().getSimpleName());
		}
		catch (MalformedMessageException ex) {
			throw new WrongOptionException("--found", "holds no search: " + ex.getMessage());
		}
	}

}
