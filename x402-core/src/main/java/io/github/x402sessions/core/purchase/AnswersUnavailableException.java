package io.github.x402sessions.core.purchase;

import io.github.x402sessions.core.X402Exception;
import org.jspecify.annotations.Nullable;

/**
 * A store of answers cannot be reached in time. Whoever throws it has told its log, so
 * that a store which is away does not fill it.
 */
public final class AnswersUnavailableException extends X402Exception {

	/**
	 * Create the exception.
	 * @param message what went wrong, free of secrets
	 * @param cause the cause, or {@code null}
	 */
	public AnswersUnavailableException(String message, @Nullable Throwable cause) {
		super(message, cause);
	}

}
