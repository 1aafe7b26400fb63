package io.github.x402sessions.client.facilitator;

import io.github.x402sessions.core.X402Exception;

/**
 * Thrown when a facilitator does not help to take an allowance back, and nothing was
 * sent.
 */
public final class RevocationNotOfferedException extends X402Exception {

	public RevocationNotOfferedException(Throwable cause) {
		super("the facilitator does not take allowances back", cause);
	}

}
