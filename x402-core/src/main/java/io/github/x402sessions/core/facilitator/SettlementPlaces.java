package io.github.x402sessions.core.facilitator;

import java.util.concurrent.Semaphore;

/**
 * Counts the settlements that one facilitator has under way, up to a limit: each holds a
 * thread of the server for as long as a ledger takes, or for all of the time that it may
 * take while the facilitator hangs. Whoever finds no place is told before anything is
 * sent. Thread-safe.
 */
public final class SettlementPlaces {

	private static final SettlementPlaces UNLIMITED = new SettlementPlaces(Integer.MAX_VALUE);

	private final Semaphore free;

	/**
	 * Create places, all of them free.
	 * @param count how many there are, at least 1
	 * @throws IllegalArgumentException if there is none
	 */
	public SettlementPlaces(int count) {
		if (count < 1) {
			throw new IllegalArgumentException("there must be at least one place");
		}
		this.free = new Semaphore(count);
	}

	/**
	 * Return places that never run out.
	 * @return the same for everybody
	 */
	public static SettlementPlaces unlimited() {
		return UNLIMITED;
	}

	/**
	 * Return whether all are taken at this moment.
	 * @return whether {@link #take()} would fail now
	 */
	public boolean isFull() {
		return this.free.availablePermits() < 1;
	}

	/**
	 * Take a place, without waiting for one.
	 * @return whether there was one; if so, it has to be left
	 */
	public boolean take() {
		return this.free.tryAcquire();
	}

	/**
	 * Leave a place that was taken.
	 */
	public void leave() {
		this.free.release();
	}

}
