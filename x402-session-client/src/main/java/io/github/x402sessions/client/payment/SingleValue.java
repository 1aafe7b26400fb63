package io.github.x402sessions.client.payment;

import java.util.List;
import java.util.Optional;

/**
 * Reads a header that has one value. Intermediaries repeat headers, so the same value
 * twice is one; two that differ are none, because it cannot be told which is meant.
 */
final class SingleValue {

	private SingleValue() {
	}

	static Optional<String> of(List<String> values) {
		return (values.stream().distinct().limit(2).count() == 1) ? Optional.of(values.get(0)) : Optional.empty();
	}

}
