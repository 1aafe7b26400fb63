package io.github.x402sessions.core;

import org.jspecify.annotations.Nullable;

/**
 * The root of the exceptions that x402-sessions throws on purpose. Messages name the
 * field and the rule that was broken; they never carry a session id or a secret.
 */
public abstract class X402Exception extends RuntimeException {

	/**
	 * Create the exception.
	 * @param message what went wrong and why, free of secrets
	 * @param cause the cause, or {@code null}
	 */
	protected X402Exception(String message, @Nullable Throwable cause) {
		super(message, cause);
	}

}
