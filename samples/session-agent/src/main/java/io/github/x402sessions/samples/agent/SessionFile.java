package io.github.x402sessions.samples.agent;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;

import io.github.x402sessions.client.SavedSession;
import io.github.x402sessions.core.protocol.MalformedMessageException;
import picocli.CommandLine.Option;

/**
 * The file that a session is kept in: it holds the session's secret, so nobody but its
 * owner may read it, and none is ever overwritten.
 */
final class SessionFile {

	@Option(names = "--session", required = true, paramLabel = "FILE",
			description = "The file that the session is kept in; whoever reads it can spend the session.")
	@SuppressWarnings("NullAway.Init")
	private Path file;

	Path path() {
		return this.file;
	}

	/** Make sure of the place before money is spent on what goes there. */
	void create() {
		try {
			Files.createFile(this.file, attributes());
		}
		catch (FileAlreadyExistsException ex) {
			throw new WrongOptionException("--session", "there is a file already: " + this.file);
		}
		catch (IOException ex) {
			throw new WrongOptionException("--session", "cannot be written: " + ex.getClass().getSimpleName());
		}
	}

	void write(SavedSession session) {
		try {
			Files.writeString(this.file, session.toJson());
		}
		catch (IOException ex) {
			throw new CannotStartException("the session is open but cannot be kept in " + this.file, ex);
		}
	}

	SavedSession read() {
		try {
			return SavedSession.fromJson(Files.readString(this.file));
		}
		catch (NoSuchFileException ex) {
			throw new WrongOptionException("--session", "there is no file " + this.file);
		}
		catch (IOException ex) {
			throw new WrongOptionException("--session", "cannot be read: " + ex.getClass().getSimpleName());
		}
		catch (MalformedMessageException ex) {
			throw new WrongOptionException("--session", "holds no session: " + ex.getMessage());
		}
	}

	void delete() {
		try {
			Files.deleteIfExists(this.file);
		}
		catch (IOException ex) {
			throw new CannotStartException(this.file + " cannot be deleted", ex);
		}
	}

	private FileAttribute<?>[] attributes() {
		boolean posix = this.file.toAbsolutePath().getFileSystem().supportedFileAttributeViews().contains("posix");
		return posix
				? new FileAttribute<?>[] {
						PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")) }
				: new FileAttribute<?>[0];
	}

}
