package io.github.x402sessions.client.payment;

import java.util.LinkedHashMap;
import java.util.Map;

import io.github.x402sessions.core.once.PaymentIdentifier;
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

	static Map<String, @Nullable Object> of(PaymentRequired challenge, PaymentIdentifier identifier) {
		Map<String, @Nullable Object> extensions = copy(challenge.extensions());
		Map<String, @Nullable Object> extension = copy(extensions.get(PaymentIdentifier.EXTENSION));
		Map<String, @Nullable Object> info = copy(extension.get("info"));
		info.put("id", identifier.id());
		extension.put("info", info);
		extensions.put(PaymentIdentifier.EXTENSION, extension);
		return extensions;
	}

	/** The same without what describes an extension, for a payment that is too long. */
	static Map<String, @Nullable Object> withoutSchemas(Map<String, @Nullable Object> extensions) {
		Map<String, @Nullable Object> shorter = new LinkedHashMap<>(extensions);
		shorter.replaceAll((name, value) -> {
			if (!(value instanceof Map<?, ?>)) {
				return value;
			}
			Map<String, @Nullable Object> extension = copy(value);
			extension.remove("schema");
			return extension;
		});
		return shorter;
	}

	/** A copy to change; empty if this is no object. */
	private static Map<String, @Nullable Object> copy(@Nullable Object object) {
		Map<String, @Nullable Object> copy = new LinkedHashMap<>();
		if (object instanceof Map<?, ?> map) {
			map.forEach((key, value) -> copy.put(String.valueOf(key), value));
		}
		return copy;
	}

}
