package io.github.x402sessions.core.offer;

import java.util.Map;
import java.util.Optional;

import io.github.x402sessions.core.protocol.MalformedMessageException;
import io.github.x402sessions.core.protocol.WireJson;
import org.jspecify.annotations.Nullable;

/**
 * The extension {@code offer-receipt} on the wire.
 */
public final class OfferReceipt {

	/** The extension's name. */
	public static final String EXTENSION = "offer-receipt";

	/** The only version of what is signed. */
	static final int VERSION = 1;

	/** The format of a JSON Web Signature. */
	static final String JWS = "jws";

	private OfferReceipt() {
	}

	static Map<?, ?> info(@Nullable Map<String, @Nullable Object> extensions) {
		return (extensions != null && extensions.get(EXTENSION) instanceof Map<?, ?> extension
				&& extension.get("info") instanceof Map<?, ?> info) ? info : Map.of();
	}

	static <T> Optional<T> as(@Nullable Object value, Class<T> type) {
		try {
			return (value instanceof Map<?, ?>) ? Optional.of(WireJson.read(WireJson.write(value), type))
					: Optional.empty();
		}
		catch (MalformedMessageException ex) {
			return Optional.empty();
		}
	}

	static void requireSigned(@Nullable String format, @Nullable String signature) {
		requireText(format, "format");
		requireText(signature, "signature");
	}

	static void requireText(@Nullable String value, String field) {
		if (value == null || value.isBlank()) {
			throw new MalformedMessageException("'" + field + "' is missing");
		}
	}

}
