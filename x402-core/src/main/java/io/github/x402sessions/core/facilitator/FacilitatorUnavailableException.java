package io.github.x402sessions.core.facilitator;

import org.jspecify.annotations.Nullable;

/**
 * Thrown when a facilitator cannot be reached, does not answer in time, or answers that
 * it cannot serve now (status 429 or 5xx). Trying again later may help.
 */
public final class FacilitatorUnavailableException extends FacilitatorException {

	private final boolean unsent;

	/**
	 * Create the exception.
	 * @param message what happened
	 * @param cause the cause, or {@code null}
	 */
	public FacilitatorUnavailableException(String message, @Nullable Throwable cause) {
		this(message, cause, false);
	}

	private FacilitatorUnavailableException(String message, @Nullable Throwable cause, boolean unsent) {
		super(message, cause);
		this.unsent = unsent;
	}

	/**
	 * Create the exception for a call that was never sent.
	 * @param message what happened
	 * @param cause the cause, or {@code null}
	 * @return the exception
	 */
	public static FacilitatorUnavailableException unsent(String message, @Nullable Throwable cause) {
		return new FacilitatorUnavailableException(message, cause, true);
	}

	/**
	 * Return whether the call was never sent, so that it has had no effect.
	 * @return {@code true} if nothing was sent, {@code false} if nobody knows
	 */
	public boolean isUnsent() {
		return this.unsent;
	}

}
