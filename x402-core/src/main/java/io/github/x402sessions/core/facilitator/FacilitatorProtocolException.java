package io.github.x402sessions.core.facilitator;

import org.jspecify.annotations.Nullable;

/**
 * Thrown when what a facilitator answers is not x402: a redirect, an empty or oversized
 * body, HTML, or fields that contradict each other.
 */
public final class FacilitatorProtocolException extends FacilitatorException {

	/**
	 * Create the exception.
	 * @param message what is wrong with the answer
	 * @param cause the cause, or {@code null}
	 */
	public FacilitatorProtocolException(String message, @Nullable Throwable cause) {
		super(message, cause);
	}

}
