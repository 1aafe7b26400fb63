package io.github.x402sessions.facilitator.scheme.exact;

import java.nio.charset.StandardCharsets;

import io.github.x402sessions.core.idempotency.PaymentIdentifier;
import io.github.x402sessions.core.protocol.FacilitatorRequest;
import io.github.x402sessions.core.protocol.MalformedMessageException;
import io.github.x402sessions.core.protocol.PaymentRequirements;
import io.github.x402sessions.facilitator.scheme.TermsHash;
import io.github.x402sessions.facilitator.settlement.repository.PaymentKey;

/**
 * Makes the key of a payment: the ledger takes a payer's nonce once, so that is its id.
 * The payment identifier, where there is one, is its second name.
 */
final class ExactKeys {

	private ExactKeys() {
	}

	/**
	 * Return the key.
	 * @param request what was asked
	 * @param nonce the number that the payer has signed, in decimal
	 * @throws MalformedMessageException if the identifier is not of its form
	 */
	static PaymentKey of(FacilitatorRequest request, String nonce) {
		PaymentRequirements asked = request.paymentRequirements();
		byte[] terms = TermsHash.text(asked, asked.amount());
		return PaymentIdentifier.of(request.paymentPayload())
			.map((identifier) -> new PaymentKey(nonce,
					TermsHash.of(terms, identifier.id().getBytes(StandardCharsets.UTF_8)),
					PaymentIdentifier.isTracked(asked), identifier.id()))
			.orElseGet(() -> new PaymentKey(nonce, TermsHash.of(terms), false));
	}

}
