package io.github.x402sessions.core.http;

import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;

/**
 * Reads a header that has one value. Intermediaries repeat headers, so the same value
 * twice is one; two that differ are none, because it cannot be told which is meant.
 */
public final class SingleValue {

	private SingleValue() {
	}

	/**
	 * Return the value.
	 * @param values all that came
	 * @return the one value, or empty if there is none, or several
	 */
	public static Optional<String> of(List<String> values) {
		return (values.stream().distinct().limit(2).count() == 1) ? Optional.of(values.get(0)) : Optional.empty();
	}

	/**
	 * Return the time in it.
	 * @param values all that came
	 * @return the time, or empty if it is no date as HTTP writes them
	 */
	public static Optional<Instant> date(List<String> values) {
		try {
			return of(values).map((value) -> DateTimeFormatter.RFC_1123_DATE_TIME.parse(value, Instant::from));
		}
		catch (DateTimeParseException ex) {
			return Optional.empty();
		}
	}

}
