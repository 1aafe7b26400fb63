package io.github.x402sessions.facilitator.scheme.exact;

/**
 * A payment is refused. The message is our own and fit for strangers.
 */
final class PaymentRefusedException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	private final String reason;

	/**
	 * Create it.
	 * @param reason why, by its name on the wire
	 * @param message why, in a sentence that repeats nothing of the payer's
	 */
	PaymentRefusedException(String reason, String message) {
		super(message, null, false, false);
		this.reason = reason;
	}

	/** Return why, by its name on the wire. */
	String reason() {
		return this.reason;
	}

	/** Return why, in a sentence. */
	String sentence() {
		return String.valueOf(getMessage());
	}

}
