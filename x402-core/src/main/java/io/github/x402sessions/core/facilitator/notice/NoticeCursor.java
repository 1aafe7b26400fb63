package io.github.x402sessions.core.facilitator.notice;

import java.nio.file.Path;
import java.util.Optional;

/**
 * Keeps how far the books of facilitators were read, so that a {@link DeferralWatch} goes
 * on there. What was kept last may be told again, and nothing is left out. Used by one
 * thread at a time.
 */
public interface NoticeCursor {

	/**
	 * Return where to go on.
	 * @param facilitator the facilitator
	 * @param recipient the address that is paid
	 * @return what was kept, or empty if nothing was
	 */
	Optional<String> read(String facilitator, String recipient);

	/**
	 * Keep where to go on. After an exception the same settlements are told again.
	 * @param facilitator the facilitator
	 * @param recipient the address that is paid
	 * @param next where to go on
	 */
	void keep(String facilitator, String recipient, String next);

	/**
	 * Tell where to begin where nothing was kept, or the books are others by now.
	 * @return {@code true} for the first settlement of all; {@code false} for what is
	 * open and what changes from now on
	 */
	default boolean beginsWithTheFirst() {
		return true;
	}

	/**
	 * Create a cursor that ends with the process. The next one hears of what is open then
	 * and of what changes from then on: what ended in between is told nobody.
	 * @return a cursor
	 */
	static NoticeCursor inMemory() {
		return new RememberedCursor();
	}

	/**
	 * Create a cursor that is kept in a file, for one process at a time.
	 * @param file the file, which need not exist yet; its folder has to
	 * @return a cursor
	 */
	static NoticeCursor inFile(Path file) {
		return new CursorFile(file);
	}

}
