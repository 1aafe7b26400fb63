package io.github.x402sessions.facilitator.scheme.exact;

import java.nio.charset.StandardCharsets;

import io.github.x402sessions.core.hash.Sha256;
import io.github.x402sessions.core.idempotency.PaymentIdentifier;
import io.github.x402sessions.core.protocol.FacilitatorRequest;
import io.github.x402sessions.core.protocol.MalformedMessageException;
import io.github.x402sessions.core.protocol.PaymentRequirements;
import io.github.x402sessions.facilitator.scheme.TermsHash;
import io.github.x402sessions.facilitator.settlement.repository.PaymentKey;

/**
 * Makes the key of a payment: the ledger takes a payer's nonce once, so that is its id.
 * The payment identifier, where there is one, is its second name. Everybody can read the
 * nonce on the chain, and whether a signature is the payer's only the chain knows, which
 * takes it once: so a repetition is known by the very bytes that the payer sent.
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
		byte[] sent = Sha256.hex(String.valueOf(request.paymentPayload().payload().get("transaction")))
			.getBytes(StandardCharsets.UTF_8);
		return PaymentIdentifier.of(request.paymentPayload())
			.map((identifier) -> new PaymentKey(nonce,
					TermsHash.of(terms, sent, identifier.id().getBytes(StandardCharsets.UTF_8)),
					PaymentIdentifier.isTracked(asked), identifier.id()))
			.orElseGet(() -> new PaymentKey(nonce, TermsHash.of(terms, sent), false));
	}

}
