package io.github.x402sessions.samples.agent.session;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.github.x402sessions.client.SavedSession;
import io.github.x402sessions.samples.agent.failure.CannotStartException;
import io.github.x402sessions.samples.agent.failure.WrongOptionException;
import io.github.x402sessions.samples.agent.report.Report;
import org.jspecify.annotations.Nullable;

/**
 * Files of the sessions that one agent opens, one for each recipient: FILE, then FILE.2
 * and so on. Each is a {@link SessionFile} that all other commands take. Thread-safe.
 */
public final class SessionFiles {

	private final @Nullable Path first;

	private final Report report;

	private final ReentrantLock lock = new ReentrantLock();

	/** By recipient; guarded by the lock. */
	private final Map<String, Kept> kept = new LinkedHashMap<>();

	/**
	 * Read what is kept.
	 * @param first where the first session is kept; {@code null} to keep none
	 * @param report is told of what is written
	 * @throws WrongOptionException if there is something else in a file, or the folder
	 * cannot be written to
	 */
	public SessionFiles(@Nullable Path first, Report report) {
		this.first = first;
		this.report = report;
		if (first != null && !Files.isWritable(folder(first))) {
			throw new WrongOptionException("--session", "cannot be written: " + first);
		}
		for (Path path : present()) {
			KeptSession content = new SessionFile(path).content();
			if (this.kept.put(content.recipient(), new Kept(path, content)) != null) {
				throw new WrongOptionException("--session", "two files hold a session for " + content.recipient());
			}
		}
	}

	/** What is kept now. */
	public List<KeptSession> all() {
		return locked(() -> this.kept.values().stream().map(Kept::content).toList());
	}

	/**
	 * Keep an opening before its approval is sent.
	 * @throws CannotStartException if it cannot be kept, so that nothing is sent; also
	 * where another process has opened a session meanwhile
	 */
	public void begin(KeptSession opening) {
		if (this.first == null) {
			return;
		}
		locked(() -> {
			Kept before = this.kept.get(opening.recipient());
			Path place = (before != null) ? before.path() : free();
			SessionFile file = new SessionFile(place);
			if (before != null) {
				file.replace(opening);
			}
			else {
				file.create(opening);
			}
			this.kept.put(opening.recipient(), new Kept(place, opening));
			this.report.progress("opening   a session for " + opening.recipient() + ", kept in " + place);
			return place;
		});
	}

	/** Keep what an opening has come to; nothing happens where that is known. */
	public void opened(SavedSession session) {
		locked(() -> {
			Kept before = this.kept.get(session.recipient());
			if (before != null && !session.equals(before.content().session())) {
				KeptSession opened = before.content().opened(session);
				new SessionFile(before.path()).replace(opened);
				this.kept.put(session.recipient(), new Kept(before.path(), opened));
			}
			return session;
		});
	}

	/** Give up an opening of which the chain has proved that it came to nothing. */
	public void forget(KeptSession opening) {
		locked(() -> {
			Kept before = this.kept.remove(opening.recipient());
			if (before != null) {
				new SessionFile(before.path()).delete(opening, this.report);
			}
			return opening;
		});
	}

	/** Another process with the same files has a budget of its own, so it goes first. */
	private Path free() {
		List<Path> there = present();
		Set<Path> known = this.kept.values().stream().map(Kept::path).collect(Collectors.toSet());
		if (!known.containsAll(there)) {
			throw new CannotStartException("nothing was sent: another process keeps a session in " + this.first
					+ " since this one has begun; start it again", null);
		}
		int number = 1;
		while (there.contains(place(number))) {
			number++;
		}
		return place(number);
	}

	private Path place(int number) {
		Path file = named();
		return (number == 1) ? file : file.resolveSibling(file.getFileName() + "." + number);
	}

	private List<Path> present() {
		if (this.first == null) {
			return List.of();
		}
		Pattern name = Pattern.compile(Pattern.quote(named().getFileName().toString()) + "(\\.[1-9][0-9]{0,5})?");
		try (Stream<Path> files = Files.list(folder(this.first))) {
			return new ArrayList<>(files.filter((file) -> name.matcher(file.getFileName().toString()).matches())
				.collect(Collectors.toCollection(TreeSet::new)));
		}
		catch (IOException ex) {
			throw new WrongOptionException("--session", "cannot be read: " + ex.getClass().getSimpleName());
		}
	}

	private Path named() {
		if (this.first == null) {
			throw new IllegalStateException("nothing is kept");
		}
		return this.first.toAbsolutePath();
	}

	private static Path folder(Path file) {
		Path folder = file.toAbsolutePath().getParent();
		if (folder == null) {
			throw new WrongOptionException("--session", "is no file: " + file);
		}
		return folder;
	}

	private <T> T locked(Supplier<T> work) {
		this.lock.lock();
		try {
			return work.get();
		}
		finally {
			this.lock.unlock();
		}
	}

	/** What is where. */
	private record Kept(Path path, KeptSession content) {
	}

}
