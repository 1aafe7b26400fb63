package io.github.x402sessions.core.offer;

import io.github.x402sessions.core.X402Exception;
import org.jspecify.annotations.Nullable;

/**
 * Thrown if the document of a name cannot be had, so that nothing is known of its keys.
 */
public final class DidUnavailableException extends X402Exception {

	private static final long serialVersionUID = 1L;

	/**
	 * Create the exception.
	 * @param message why not, in words of our own
	 * @param cause the cause, or {@code null}
	 */
	public DidUnavailableException(String message, @Nullable Throwable cause) {
		super(message, cause);
	}

}
