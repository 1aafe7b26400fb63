package io.github.x402sessions.core.facilitator.http;

import java.io.IOException;

/**
 * Thrown by {@link CallGuard} for a call that it did not let through.
 */
public final class CallNotMadeException extends IOException {

	private final boolean paused;

	private CallNotMadeException(String message, boolean paused) {
		super(message);
		this.paused = paused;
	}

	static CallNotMadeException busy() {
		return new CallNotMadeException("too many calls wait for it already", false);
	}

	public static CallNotMadeException paused() {
		return new CallNotMadeException("most of the last calls got no answer", true);
	}

	/** Return whether that is the facilitator's doing and not that of many clients. */
	boolean isPaused() {
		return this.paused;
	}

}
