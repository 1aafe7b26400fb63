package io.github.x402sessions.client.payment;

import java.net.URI;
import java.util.List;

import io.github.x402sessions.core.hash.Sha256;
import io.github.x402sessions.core.http.SingleValue;
import io.github.x402sessions.core.idempotency.PaymentIdentifier;
import org.jspecify.annotations.Nullable;

/**
 * The payment identifier of a call: one of its own for every logical request. Where the
 * caller names the request by an {@code Idempotency-Key}, the identifier is made of that
 * key, the method and the URL, so that the same call made again, by this process or
 * another, is charged once.
 */
final class IdempotencyKey {

	private IdempotencyKey() {
	}

	static PaymentIdentifier of(String method, URI url, @Nullable String key) {
		return (key != null) ? new PaymentIdentifier("pay_" + Sha256.hex(method + "\n" + url + "\n" + key))
				: PaymentIdentifier.random();
	}

	static @Nullable String in(List<String> headerValues) {
		return SingleValue.of(headerValues).filter((key) -> !key.isBlank()).orElse(null);
	}

}
