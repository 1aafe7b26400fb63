package io.github.x402sessions.samples.agent;

import org.jspecify.annotations.Nullable;

/**
 * Thrown when something that a session needs is not there: the server, its price, or an
 * account with money.
 */
final class CannotStartException extends RuntimeException {

	CannotStartException(String message, @Nullable Throwable cause) {
		super(message, cause);
	}

}
