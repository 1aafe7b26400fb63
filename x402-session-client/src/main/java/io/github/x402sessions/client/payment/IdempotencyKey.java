package io.github.x402sessions.client.payment;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.github.x402sessions.core.once.PaymentIdentifier;
import io.github.x402sessions.core.protocol.PaymentRequired;
import org.jspecify.annotations.Nullable;

/**
 * The payment identifier of a call: one of its own for every logical request. Where the
 * caller names the request by an {@code Idempotency-Key}, the identifier is made of that
 * key, the method and the URL, so that the same call made again, by this process or
 * another, is charged once.
 */
final class IdempotencyKey {

	static final String HEADER = "Idempotency-Key";

	private IdempotencyKey() {
	}

	static PaymentIdentifier of(String method, URI url, @Nullable String key) {
		return (key != null)
				? new PaymentIdentifier("pay_" + HexFormat.of().formatHex(sha256(method + "\n" + url + "\n" + key)))
				: PaymentIdentifier.random();
	}

	/**
	 * The server's extension with the identifier in it, or nothing if the server does not
	 * know identifiers.
	 */
	static Optional<Map<String, @Nullable Object>> echo(PaymentRequired challenge, PaymentIdentifier identifier) {
		if (challenge.extensions() == null
				|| !(challenge.extensions().get(PaymentIdentifier.EXTENSION) instanceof Map<?, ?> offered)
				|| !(offered.get("info") instanceof Map<?, ?> info)) {
			return Optional.empty();
		}
		Map<String, @Nullable Object> echo = copy(offered);
		Map<String, @Nullable Object> withId = copy(info);
		withId.put("id", identifier.id());
		echo.put("info", withId);
		return Optional.of(Map.of(PaymentIdentifier.EXTENSION, echo));
	}

	static @Nullable String in(List<String> headerValues) {
		return (headerValues.size() == 1 && !headerValues.get(0).isBlank()) ? headerValues.get(0) : null;
	}

	private static Map<String, @Nullable Object> copy(Map<?, ?> map) {
		Map<String, @Nullable Object> copy = new LinkedHashMap<>();
		map.forEach((key, value) -> copy.put(String.valueOf(key), value));
		return copy;
	}

	private static byte[] sha256(String text) {
		try {
			return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException("every Java platform has SHA-256", ex);
		}
	}

}
