package io.github.x402sessions.servlet.webxml;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.github.x402sessions.core.terms.SettlementTiming;

/**
 * The value of a parameter, and where it was found: messages call it by the name that it
 * was given there.
 *
 * @param source where it was found
 * @param name its name there
 * @param text the text, without spaces around it, never empty
 */
public record FilterValue(Source source, String name, String text) {

	private static final Pattern SHORT_DURATION = Pattern.compile("([0-9]{1,9})\\s*(ms|s|m|h)");

	/**
	 * Read a whole number.
	 * @throws InvalidParameterException if it is none, or less than the minimum
	 */
	public int number(int minimum) {
		try {
			int number = Integer.parseInt(this.text);
			if (number >= minimum) {
				return number;
			}
		}
		catch (NumberFormatException ex) {
			// said below
		}
		throw new InvalidParameterException(this.name, "'" + this.text + "' is not a whole number",
				"Set it to a whole number of " + minimum + " or more");
	}

	/**
	 * Read a duration: {@code 500ms}, {@code 2s}, {@code 1m}, {@code 1h} or ISO 8601.
	 * @throws InvalidParameterException if it is none, or not positive
	 */
	public Duration duration() {
		try {
			Duration duration = parse(this.text);
			if (!duration.isZero() && !duration.isNegative()) {
				return duration;
			}
		}
		catch (DateTimeParseException ex) {
			// said below
		}
		throw new InvalidParameterException(this.name, "'" + this.text + "' is not a duration",
				"Set it to a positive duration, such as 2s, 500ms or PT2S");
	}

	/**
	 * Read a truth value.
	 * @throws InvalidParameterException if it is none
	 */
	public boolean truth() {
		return switch (this.text.toLowerCase(Locale.ROOT)) {
			case "true" -> true;
			case "false" -> false;
			default -> throw new InvalidParameterException(this.name, "'" + this.text + "' is neither true nor false",
					"Set it to one of the two");
		};
	}

	/**
	 * Read a timing: {@code at-commit}, {@code before-handler}, {@code during-handler} or
	 * {@code deferred}.
	 * @throws InvalidParameterException if it is none
	 */
	SettlementTiming timing() {
		return Arrays.stream(SettlementTiming.values())
			.filter((timing) -> timing.name().equalsIgnoreCase(this.text.replace('-', '_')))
			.findFirst()
			.orElseThrow(() -> new InvalidParameterException(this.name, "'" + this.text + "' is no time to settle at",
					"Set it to at-commit, before-handler, during-handler or deferred"));
	}

	private static Duration parse(String text) {
		Matcher matcher = SHORT_DURATION.matcher(text.toLowerCase(Locale.ROOT));
		if (!matcher.matches()) {
			return Duration.parse(text);
		}
		long amount = Long.parseLong(matcher.group(1));
		return switch (matcher.group(2)) {
			case "ms" -> Duration.ofMillis(amount);
			case "s" -> Duration.ofSeconds(amount);
			case "m" -> Duration.ofMinutes(amount);
			default -> Duration.ofHours(amount);
		};
	}

	/**
	 * The sources of values, the strongest first: outside of the war wins over inside.
	 */
	public enum Source {

		/** A system property of the JVM. */
		SYSTEM_PROPERTY,

		/** A variable of the process's environment. */
		ENVIRONMENT,

		/** An init parameter of the filter, as a rule from {@code web.xml}. */
		INIT_PARAMETER

	}

}
