package io.github.x402sessions.samples.agent.offer;

import io.github.x402sessions.core.protocol.PaymentRequired;
import org.jspecify.annotations.Nullable;

/**
 * Answer to a request that was sent without a payment.
 *
 * @param status its HTTP status
 * @param challenge what has to be paid; {@code null} if that is not said by x402
 */
public record UnpaidAnswer(int status, @Nullable PaymentRequired challenge) {

	private static final int PAYMENT_REQUIRED = 402;

	/** Whether it is a payment that is missing. */
	public boolean wantsMoney() {
		return this.status == PAYMENT_REQUIRED;
	}

}
