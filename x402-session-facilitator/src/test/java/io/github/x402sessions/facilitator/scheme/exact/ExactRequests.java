package io.github.x402sessions.facilitator.scheme.exact;

import java.math.BigInteger;
import java.util.Map;
import java.util.Set;

import io.github.x402sessions.core.idempotency.PaymentIdentifier;
import io.github.x402sessions.core.protocol.FacilitatorRequest;
import io.github.x402sessions.core.protocol.PaymentPayload;
import io.github.x402sessions.core.protocol.PaymentRequirements;

/**
 * Requests about exact payments, and what the operator lets be paid.
 */
final class ExactRequests {

	static final String NETWORK = "stellar:testnet";

	static final ExactPolicy POLICY = new ExactPolicy(NETWORK, Set.of("CUSDC"), (recipient) -> true,
			BigInteger.valueOf(2), BigInteger.valueOf(60), Set.of("GSPENDER", "GCHANNEL")::contains);

	private ExactRequests() {
	}

	static PaymentRequirements asking(String amount) {
		return new PaymentRequirements("exact", NETWORK, amount, "CUSDC", "GSHOP", 60,
				Map.of("areFeesSponsored", true));
	}

	static FacilitatorRequest of(PaymentRequirements asked) {
		return FacilitatorRequest.of(PaymentPayload.of(null, asked, Map.of("transaction", "AAAA")), asked);
	}

	static FacilitatorRequest of(PaymentRequirements asked, String identifier) {
		return FacilitatorRequest.of(
				new PaymentIdentifier(identifier).in(PaymentPayload.of(null, asked, Map.of("transaction", "AAAA"))),
				asked);
	}

}
