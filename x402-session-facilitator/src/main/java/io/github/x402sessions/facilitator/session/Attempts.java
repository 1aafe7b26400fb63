package io.github.x402sessions.facilitator.session;

import java.time.Duration;

import io.github.x402sessions.facilitator.rpc.Polling;

/**
 * Counts off the time in which something is tried again.
 */
final class Attempts {

	private final long deadline;

	private final Polling polling;

	Attempts(Duration patience, Polling polling) {
		this.deadline = System.nanoTime() + patience.toNanos();
		this.polling = polling;
	}

	/** Wait for the next attempt; false if there is none. */
	boolean again() {
		return System.nanoTime() < this.deadline && this.polling.pause();
	}

}
