package io.github.x402sessions.facilitator.session.registration;

import java.time.Duration;

import io.github.x402sessions.stellar.rpc.Polling;

/**
 * Counts off the time in which something is tried again.
 */
final class RetryWindow {

	private final long deadline;

	private final Polling polling;

	RetryWindow(Duration deadline, Polling polling) {
		this.deadline = System.nanoTime() + deadline.toNanos();
		this.polling = polling;
	}

	/** Wait for the next attempt; false if there is none. */
	boolean again() {
		return System.nanoTime() < this.deadline && this.polling.pause();
	}

}
