package io.github.x402sessions.client.opening;

import io.github.x402sessions.core.X402Exception;
import org.jspecify.annotations.Nullable;

/**
 * Thrown when an allowance was not taken back, or perhaps not: the facilitator's account
 * could spend what is left of it until it expires. The client pays no more calls with the
 * session all the same. Closing can be tried again.
 */
public final class SessionNotClosedException extends X402Exception {

	public SessionNotClosedException(String message, @Nullable Throwable cause) {
		super(message, cause);
	}

}
