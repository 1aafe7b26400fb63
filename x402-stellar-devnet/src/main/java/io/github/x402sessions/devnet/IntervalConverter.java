package io.github.x402sessions.devnet;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * Reads times such as {@code 5s} or {@code 500ms}.
 */
final class IntervalConverter implements ITypeConverter<Duration> {

	private static final Pattern TIME = Pattern.compile("([1-9][0-9]{0,6})(ms|s)");

	@Override
	public Duration convert(String text) {
		Matcher time = TIME.matcher(text);
		if (!time.matches()) {
			throw new TypeConversionException("'" + text + "' is not a time: write 1s or 500ms");
		}
		long number = Long.parseLong(time.group(1));
		return time.group(2).equals("s") ? Duration.ofSeconds(number) : Duration.ofMillis(number);
	}

}
