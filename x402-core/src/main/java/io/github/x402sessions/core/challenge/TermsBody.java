package io.github.x402sessions.core.challenge;

import io.github.x402sessions.core.protocol.PaymentRequired;
import io.github.x402sessions.core.protocol.SettleResponse;
import org.jspecify.annotations.Nullable;

/**
 * Makes the body of a 402 answer to one request, whose status and headers are there.
 */
@FunctionalInterface
public interface TermsBody {

	/**
	 * Make the body.
	 * @param required the terms, with the reason of a refusal in {@code error}
	 * @param failure why the facilitator refused the payment; {@code null} if no payment
	 * came or the facilitator was not asked
	 * @return the body
	 */
	ResponseBody make(PaymentRequired required, @Nullable SettleResponse failure);

}
