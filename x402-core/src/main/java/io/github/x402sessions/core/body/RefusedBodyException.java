package io.github.x402sessions.core.body;

/**
 * A body that a payer has signed for cannot be handled. Its request is answered with a
 * failure of the client's, or with one that says to come again, and never with what its
 * handler has made of half of it.
 */
public final class RefusedBodyException extends IllegalStateException {

	private static final long serialVersionUID = 1L;

	private final Reason reason;

	/**
	 * Create a refusal.
	 * @param reason the kind of answer that is due
	 * @param message what is wrong, in words for the client
	 */
	public RefusedBodyException(Reason reason, String message) {
		super(message);
		this.reason = reason;
	}

	/** Create the failure of a form that is none. */
	public static RefusedBodyException malformedForm() {
		return new RefusedBodyException(Reason.MALFORMED, "The form of the request is malformed.");
	}

	/** The kind of answer that is due. */
	public Reason reason() {
		return this.reason;
	}

	/** The kinds of reasons. */
	public enum Reason {

		/** There is more of it than is taken. */
		TOO_LARGE,

		/** It did not arrive in time. */
		TOO_SLOW,

		/** Those of others take all the room. */
		CROWDED,

		/** It is not the form that its type says. */
		MALFORMED

	}

}
