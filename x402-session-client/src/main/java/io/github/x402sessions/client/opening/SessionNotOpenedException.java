package io.github.x402sessions.client.opening;

import org.jspecify.annotations.Nullable;

/**
 * Thrown when nothing was approved and nothing will be: the session can be opened again
 * once the reason is mended.
 */
public final class SessionNotOpenedException extends SessionOpeningException {

	public SessionNotOpenedException(String message, @Nullable Throwable cause) {
		super(message, cause);
	}

}
