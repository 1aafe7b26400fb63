package io.github.x402sessions.facilitator.access;

import java.time.Duration;

import io.github.x402sessions.core.X402Exception;

/**
 * Thrown when a request is not answered because of who sends it, or how often.
 */
public final class AccessDeniedException extends X402Exception {

	private final Kind kind;

	private final long retryAfter;

	private AccessDeniedException(Kind kind, String message, long retryAfter) {
		super(message, null);
		this.kind = kind;
		this.retryAfter = retryAfter;
	}

	static AccessDeniedException unknown(String message) {
		return new AccessDeniedException(Kind.UNKNOWN, message, 0);
	}

	static AccessDeniedException forbidden(String message) {
		return new AccessDeniedException(Kind.FORBIDDEN, message, 0);
	}

	/**
	 * Refuse who asks too often.
	 * @param left how long until another try may succeed; it is told in whole seconds,
	 * one at least
	 * @return the refusal
	 */
	public static AccessDeniedException tooOften(Duration left) {
		return new AccessDeniedException(Kind.TOO_OFTEN, "rate_limited",
				Math.max(1, left.plusNanos(999_999_999).toSeconds()));
	}

	/**
	 * Refuse for now who may be known: that cannot be found out.
	 * @param retryAfter when another try may succeed, seconds from now
	 * @return the refusal
	 */
	public static AccessDeniedException unavailable(long retryAfter) {
		return new AccessDeniedException(Kind.UNAVAILABLE, "it cannot be found out now whose key this is; try again",
				retryAfter);
	}

	/**
	 * Return what is wrong.
	 * @return the kind
	 */
	public Kind kind() {
		return this.kind;
	}

	/**
	 * Return when another try may succeed.
	 * @return seconds from now; 0 where it will not
	 */
	public long retryAfter() {
		return this.retryAfter;
	}

	/** What is wrong. */
	public enum Kind {

		/** We do not know who asks. */
		UNKNOWN,

		/** We know, and they may not. */
		FORBIDDEN,

		/** They ask too often. */
		TOO_OFTEN,

		/** We cannot find out now who asks. */
		UNAVAILABLE

	}

}
