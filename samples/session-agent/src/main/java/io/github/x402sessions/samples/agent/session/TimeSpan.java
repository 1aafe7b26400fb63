package io.github.x402sessions.samples.agent.session;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Locale;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * Reads a time such as {@code 90s}, {@code 30m}, {@code 1h}, {@code 7d} or {@code PT1H};
 * a plain number is one of seconds.
 */
final class TimeSpan implements ITypeConverter<Duration> {

	@Override
	public Duration convert(String value) {
		String text = value.trim().toUpperCase(Locale.ROOT);
		try {
			if (text.startsWith("P")) {
				return Duration.parse(text);
			}
			if (text.matches("\\d{1,9}")) {
				return Duration.ofSeconds(Long.parseLong(text));
			}
			return Duration.parse(text.endsWith("D") ? "P" + text : "PT" + text);
		}
		catch (DateTimeParseException ex) {
			throw new TypeConversionException("'" + value + "' is not a time such as 3600, 90s, 30m, 1h, 7d or PT1H");
		}
	}

}
