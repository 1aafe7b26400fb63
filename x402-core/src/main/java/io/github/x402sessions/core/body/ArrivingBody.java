package io.github.x402sessions.core.body;

import java.io.IOException;
import java.time.Duration;

import io.github.x402sessions.core.body.RefusedBodyException.Reason;

/**
 * A body that is being received, for whoever is given it bit by bit. Used by one thread
 * at a time.
 */
public final class ArrivingBody {

	private final StoredBody stored;

	private final long limit;

	private final Duration patience;

	private final long begin = System.nanoTime();

	ArrivingBody(StoredBody stored, long limit, Duration patience) {
		this.stored = stored;
		this.limit = limit;
		this.patience = patience;
	}

	/**
	 * Add what has arrived.
	 * @param bytes holds it
	 * @param count how much of them, from the first
	 * @throws RefusedBodyException if it is too long or too slow, or there is no room
	 * @throws IOException if it cannot be stored
	 */
	public void add(byte[] bytes, int count) throws IOException {
		if (this.stored.length() + count > this.limit) {
			throw BodyStorage.tooLong(this.limit);
		}
		if (System.nanoTime() - this.begin > this.patience.toNanos()) {
			throw tooSlow();
		}
		this.stored.append(bytes, count);
	}

	/**
	 * Say that the body does not arrive in time.
	 * @return what its request is refused with
	 */
	public RefusedBodyException tooSlow() {
		return new RefusedBodyException(Reason.TOO_SLOW,
				"The body did not arrive within " + this.patience.toSeconds() + " seconds.");
	}

	/**
	 * Return how long it may take to arrive.
	 * @return the time from its beginning
	 */
	public Duration patience() {
		return this.patience;
	}

	/**
	 * Return what has arrived so far.
	 * @return the body, to be closed in the end, even if it never is whole
	 */
	public StoredBody stored() {
		return this.stored;
	}

}
