package io.github.x402sessions.facilitator.scheme.session;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

import io.github.x402sessions.core.idempotency.PaymentIdentifier;
import io.github.x402sessions.core.protocol.FacilitatorRequest;
import io.github.x402sessions.core.protocol.MalformedMessageException;
import io.github.x402sessions.core.protocol.PaymentRequirements;
import io.github.x402sessions.core.protocol.WireJson;
import io.github.x402sessions.core.scheme.SessionScheme;
import io.github.x402sessions.facilitator.scheme.TermsHash;
import io.github.x402sessions.facilitator.settlement.repository.PaymentKey;

/**
 * Makes the key of a payment from its identifier and those of the server's requirements
 * that decide what moves: scheme, network, asset, amount and recipient. Without an
 * identifier the whole payment is all there is to know it by. Whether the server keeps
 * track of identifiers is its own word: nothing that a client sends counts.
 */
final class PaymentKeys {

	private PaymentKeys() {
	}

	/**
	 * Return the key.
	 * @throws MalformedMessageException if the identifier is not of its form
	 */
	static PaymentKey of(FacilitatorRequest request) {
		PaymentRequirements asked = request.paymentRequirements();
		byte[] terms = TermsHash.text(asked, asked.amount());
		return PaymentIdentifier.of(request.paymentPayload())
			.map((identifier) -> new PaymentKey(identifier.id(), TermsHash.of(terms),
					PaymentIdentifier.isTracked(asked)))
			.orElseGet(
					() -> new PaymentKey(null, TermsHash.of(terms, WireJson.write(request.paymentPayload())), false));
	}

	/**
	 * Return the key of a payment that is to be held: the same one for the same holder
	 * only.
	 * @throws MalformedMessageException if the identifier is not of its form
	 */
	static PaymentKey held(FacilitatorRequest request) {
		PaymentKey key = of(request);
		return new PaymentKey(key.id(), heldTerms(request, request.paymentRequirements().amount()), key.tracked());
	}

	/**
	 * Return the terms of the key of a payment that is held for an amount. A server may
	 * hold those of several sessions under one text.
	 */
	static String heldTerms(FacilitatorRequest request, String amount) {
		byte[] terms = TermsHash.text(request.paymentRequirements(), amount);
		return holder(request)
			.map((holder) -> TermsHash.of(terms,
					(holder + "\n" + PaymentCheck.token(request).value()).getBytes(StandardCharsets.UTF_8)))
			.orElseGet(() -> TermsHash.of(terms));
	}

	/** Return what the holder of a payment alone knows, if it has one. */
	static Optional<String> holder(FacilitatorRequest request) {
		return (request.paymentRequirements().extra().get(SessionScheme.HOLDER) instanceof String holder)
				? Optional.of(holder).filter((text) -> !text.isBlank()) : Optional.empty();
	}

}
