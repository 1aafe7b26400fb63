package io.github.x402sessions.core.facilitator;

import java.util.Map;

import io.github.x402sessions.core.protocol.FacilitatorRequest;
import io.github.x402sessions.core.protocol.PaymentPayload;
import io.github.x402sessions.core.protocol.PaymentRequirements;

/**
 * Messages that the tests of this package share.
 */
public final class Samples {

	static final PaymentRequirements TERMS = new PaymentRequirements("session", "stellar:testnet", "1000000", "CA",
			"GA", 300, Map.of());

	public static final FacilitatorRequest REQUEST = FacilitatorRequest
		.of(PaymentPayload.of(null, TERMS, Map.of("sessionId", "s")), TERMS);

	private Samples() {
	}

}
