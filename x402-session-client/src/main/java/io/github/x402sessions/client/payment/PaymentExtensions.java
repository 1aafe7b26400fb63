package io.github.x402sessions.client.payment;

import java.util.LinkedHashMap;
import java.util.Map;

import io.github.x402sessions.core.idempotency.PaymentIdentifier;
import io.github.x402sessions.core.offer.OfferReceipt;
import io.github.x402sessions.core.protocol.PaymentRequired;
import org.jspecify.annotations.Nullable;

/**
 * The extensions of a payment: all that the challenge held, because a server or its
 * facilitator may need what this client does not know, and the payment's identifier. That
 * goes along whether or not the server knows identifiers: facilitators of sessions do,
 * and others leave it alone.
 */
final class PaymentExtensions {

	private PaymentExtensions() {
	}

	/** Whether the server knows identifiers, and so charges a repeated request once. */
	static boolean offersIdentifiers(PaymentRequired challenge) {
		return challenge.extensions() != null
				&& challenge.extensions().get(PaymentIdentifier.EXTENSION) instanceof Map<?, ?> offered
				&& offered.get("info") instanceof Map<?, ?>;
	}

	/**
	 * All that the challenge held, without what describes an extension, for a payment
	 * that is too long.
	 */
	static Map<String, @Nullable Object> withoutSchemas(Map<String, @Nullable Object> extensions) {
		Map<String, @Nullable Object> shorter = new LinkedHashMap<>(extensions);
		shorter.replaceAll((name, value) -> (value instanceof Map<?, ?> extension) ? withoutSchema(extension) : value);
		return shorter;
	}

	/** All that is not signed anew each time, which no server compares. */
	static Map<String, @Nullable Object> withoutOffers(Map<String, @Nullable Object> extensions) {
		Map<String, @Nullable Object> rest = new LinkedHashMap<>(extensions);
		rest.remove(OfferReceipt.EXTENSION);
		return rest;
	}

	/** The challenge as far as it is the same the next time. */
	static PaymentRequired withoutOffers(PaymentRequired challenge) {
		return (challenge.extensions() != null) ? challenge.withExtensions(withoutOffers(challenge.extensions()))
				: challenge;
	}

	private static Map<String, @Nullable Object> withoutSchema(Map<?, ?> extension) {
		Map<String, @Nullable Object> shorter = new LinkedHashMap<>();
		extension.forEach((key, value) -> shorter.put(String.valueOf(key), value));
		shorter.remove("schema");
		return shorter;
	}

}
