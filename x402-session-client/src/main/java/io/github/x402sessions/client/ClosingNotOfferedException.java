package io.github.x402sessions.client;

import io.github.x402sessions.core.X402Exception;

/**
 * Thrown when a facilitator does not help to take an allowance back, and nothing was
 * sent.
 */
final class ClosingNotOfferedException extends X402Exception {

	ClosingNotOfferedException(Throwable cause) {
		super("the facilitator does not take allowances back", cause);
	}

}
