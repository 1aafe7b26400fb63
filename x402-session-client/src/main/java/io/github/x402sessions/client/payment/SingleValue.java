package io.github.x402sessions.client.payment;

import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
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

	/** The time in it, which is none where it is no date as HTTP writes them. */
	static Optional<Instant> date(List<String> values) {
		try {
			return of(values).map((value) -> DateTimeFormatter.RFC_1123_DATE_TIME.parse(value, Instant::from));
		}
		catch (DateTimeParseException ex) {
			return Optional.empty();
		}
	}

}
