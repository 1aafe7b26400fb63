package io.github.x402sessions.samples.agent.session;

import java.io.IOException;
import java.nio.file.CopyOption;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;

import io.github.x402sessions.core.protocol.MalformedMessageException;
import io.github.x402sessions.samples.agent.failure.CannotStartException;
import io.github.x402sessions.samples.agent.failure.WrongOptionException;
import io.github.x402sessions.samples.agent.report.Report;
import picocli.CommandLine.Option;

/**
 * The file that a session is kept in: it holds secrets, so nobody but its owner may read
 * it, and no other is ever overwritten. It is whole at every moment, or not there.
 */
public final class SessionFile {

	@Option(names = "--session", required = true, paramLabel = "FILE",
			description = "The file that the session is kept in; whoever reads it can spend the session.")
	@SuppressWarnings("NullAway.Init")
	private Path file;

	/** The one that the command line names. */
	public SessionFile() {
	}

	/** A file that is named by something else. */
	SessionFile(Path file) {
		this.file = file;
	}

	public Path path() {
		return this.file;
	}

	/**
	 * Make sure of the place before money is spent on what goes there.
	 * @return an opening that was begun there and did not end
	 */
	public Optional<KeptSession> begun() {
		if (!Files.exists(this.file)) {
			Path folder = this.file.toAbsolutePath().getParent();
			if (folder == null || !Files.isWritable(folder)) {
				throw new WrongOptionException("--session", "cannot be written: " + this.file);
			}
			return Optional.empty();
		}
		return Optional.of(content()).filter((kept) -> kept.opening() != null).or(() -> {
			throw new WrongOptionException("--session", "there is a session in it already: " + this.file);
		});
	}

	/** Write it where nothing is yet. */
	public void create(KeptSession begun) {
		try {
			write(begun);
		}
		catch (IOException ex) {
			throw new CannotStartException("nothing was sent: the session cannot be kept in " + this.file, ex);
		}
	}

	/** Write it in the place of its beginning. */
	public void replace(KeptSession opened) {
		try {
			write(opened, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
		}
		catch (IOException ex) {
			throw new CannotStartException("the session is open but cannot be kept in " + this.file
					+ "; run the same command again to take it up", ex);
		}
	}

	/** What is kept there, once it is open. */
	public KeptSession read() {
		KeptSession kept = content();
		if (kept.session() == null) {
			throw new WrongOptionException("--session",
					"was not opened to its end: run the open command again, with the same file");
		}
		return kept;
	}

	/** Give up what is kept there, and say so: a key that is deleted is gone for good. */
	public void delete(KeptSession kept, Report report) {
		try {
			Files.deleteIfExists(this.file);
		}
		catch (IOException ex) {
			throw new CannotStartException(this.file + " cannot be deleted", ex);
		}
		report.progress("deleted   " + this.file
				+ ((kept.secretKey() != null) ? ", with the key of the account that was made for it" : ""));
	}

	KeptSession content() {
		try {
			return KeptSession.fromJson(Files.readAllBytes(this.file));
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

	private void write(KeptSession kept, CopyOption... how) throws IOException {
		Path place = this.file.toAbsolutePath();
		Path written = Files.createTempFile(place.getParent(), "." + place.getFileName(), ".part", attributes());
		try {
			Files.write(written, kept.toJson());
			Files.move(written, place, how);
		}
		finally {
			Files.deleteIfExists(written);
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
