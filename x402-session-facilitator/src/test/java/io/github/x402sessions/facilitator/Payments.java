package io.github.x402sessions.facilitator;

import java.util.HashMap;
import java.util.Map;

/**
 * What a resource server would send for a payment.
 */
final class Payments {

	private Payments() {
	}

	static Map<String, Object> of(FacilitatorEnvironment environment, String sessionId, String amount) {
		return of(environment, sessionId, Map.of("amount", amount));
	}

	/** A payment of 0.01 to the merchant, with some of the terms changed. */
	static Map<String, Object> of(FacilitatorEnvironment environment, String sessionId, Map<String, Object> changed) {
		Map<String, Object> terms = new HashMap<>(Map.of("scheme", "session", "network", "stellar:testnet", "amount",
				"100000", "asset", environment.devnet.usdcContract(), "payTo", environment.merchant.getAccountId(),
				"maxTimeoutSeconds", 300, "extra", Map.of("spender", environment.spender.getAccountId())));
		terms.putAll(changed);
		Map<String, Object> payload = (sessionId != null) ? Map.of("sessionId", sessionId) : Map.of();
		return payment(terms, payload);
	}

	/** A payment with an identifier. */
	static Map<String, Object> identified(FacilitatorEnvironment environment, String sessionId, String paymentId,
			String amount) {
		return identified(of(environment, sessionId, amount), paymentId);
	}

	/** The same from a server that keeps track of identifiers, as ours does. */
	@SuppressWarnings("unchecked")
	static Map<String, Object> tracked(Map<String, Object> payment) {
		Map<String, Object> terms = new HashMap<>((Map<String, Object>) payment.get("paymentRequirements"));
		Map<String, Object> extra = new HashMap<>((Map<String, Object>) terms.get("extra"));
		extra.put("paymentIdentifier", true);
		terms.put("extra", extra);
		Map<String, Object> changed = new HashMap<>(payment);
		changed.put("paymentRequirements", terms);
		return changed;
	}

	@SuppressWarnings("unchecked")
	static Map<String, Object> identified(Map<String, Object> payment, Object paymentId) {
		Map<String, Object> payload = new HashMap<>((Map<String, Object>) payment.get("paymentPayload"));
		payload.put("extensions", Map.of("payment-identifier", Map.of("info", Map.of("id", paymentId))));
		Map<String, Object> changed = new HashMap<>(payment);
		changed.put("paymentPayload", payload);
		return changed;
	}

	private static Map<String, Object> payment(Map<String, Object> terms, Map<String, Object> payload) {
		return Map.of("x402Version", 2, "paymentPayload",
				Map.of("x402Version", 2, "accepted", terms, "payload", payload), "paymentRequirements", terms);
	}

}
