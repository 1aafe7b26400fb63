package io.github.x402sessions.stellar.exact;

import io.github.x402sessions.core.X402Exception;

/**
 * Thrown when a payment is refused. The message is fit for strangers.
 */
public final class ExactRefusedException extends X402Exception {

	private final ExactRefusal refusal;

	ExactRefusedException(ExactRefusal refusal) {
		super(refusal.sentence(), null);
		this.refusal = refusal;
	}

	/**
	 * Return why.
	 * @return the cause
	 */
	public ExactRefusal refusal() {
		return this.refusal;
	}

}
