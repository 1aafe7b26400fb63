package io.github.x402sessions.core.protocol;

import io.github.x402sessions.core.X402Exception;
import org.jspecify.annotations.Nullable;

/**
 * Thrown when bytes from the other side are not the x402 message they should be: not
 * base64, not JSON, a missing field, too long, or an unknown version. The sender has to
 * change the message; sending it again is of no use.
 */
public final class MalformedMessageException extends X402Exception {

	/**
	 * Create the exception.
	 * @param message what is wrong, naming the field where there is one
	 */
	public MalformedMessageException(String message) {
		this(message, null);
	}

	/**
	 * Create the exception.
	 * @param message what is wrong, naming the field where there is one
	 * @param cause the cause, or {@code null}
	 */
	public MalformedMessageException(String message, @Nullable Throwable cause) {
		super(message, cause);
	}

}
