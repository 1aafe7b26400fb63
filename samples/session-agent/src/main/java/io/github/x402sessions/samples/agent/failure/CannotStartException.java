package io.github.x402sessions.samples.agent.failure;

import org.jspecify.annotations.Nullable;

/**
 * Thrown when something that a session needs is not there: the server, its price, or an
 * account with money.
 */
public final class CannotStartException extends RuntimeException {

	public CannotStartException(String message, @Nullable Throwable cause) {
		super(message, cause);
	}

}
