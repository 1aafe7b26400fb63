package io.github.x402sessions.client.facilitator;

import io.github.x402sessions.core.X402Exception;

/**
 * Thrown when a facilitator does not know {@code POST /sessions/quote}.
 */
public final class QuoteNotOfferedException extends X402Exception {

	QuoteNotOfferedException() {
		super("the facilitator makes no quotes", null);
	}

}
