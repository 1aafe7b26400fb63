package io.github.x402sessions.core.challenge;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Tells how much a client likes a media type, by its {@code Accept} header (RFC 9110,
 * section 12.5.1): the most specific range that matches has the say. Ranges that cannot
 * be read are passed over.
 */
final class AcceptHeader {

	private static final int MAX_QUALITY = 1000;

	private static final Pattern QUALITY = Pattern.compile("q\\s*=\\s*(0(?:\\.[0-9]{0,3})?|1(?:\\.0{0,3})?)",
			Pattern.CASE_INSENSITIVE);

	private final List<Range> ranges;

	private AcceptHeader(List<Range> ranges) {
		this.ranges = ranges;
	}

	static AcceptHeader parse(String value) {
		List<Range> ranges = new ArrayList<>();
		for (String range : value.split(",", -1)) {
			range(range).ifPresent(ranges::add);
		}
		return new AcceptHeader(ranges);
	}

	/** From 0, not at all, to 1000. */
	int quality(String type, String subtype) {
		Range best = null;
		for (Range range : this.ranges) {
			if (range.matches(type, subtype) && (best == null || range.specificity() > best.specificity())) {
				best = range;
			}
		}
		return (best != null) ? best.quality() : 0;
	}

	private static Optional<Range> range(String text) {
		String[] parts = text.toLowerCase(Locale.ROOT).split(";", -1);
		int slash = parts[0].indexOf('/');
		if (slash < 0) {
			return Optional.empty();
		}
		int quality = MAX_QUALITY;
		for (int i = 1; i < parts.length; i++) {
			String parameter = parts[i].trim();
			Matcher matcher = QUALITY.matcher(parameter);
			if (matcher.matches()) {
				quality = (int) Math.round(Double.parseDouble(matcher.group(1)) * MAX_QUALITY);
			}
			else if (parameter.startsWith("q=")) {
				return Optional.empty();
			}
		}
		return Optional
			.of(new Range(parts[0].substring(0, slash).trim(), parts[0].substring(slash + 1).trim(), quality));
	}

	/** One media range. */
	private record Range(String type, String subtype, int quality) {

		boolean matches(String type, String subtype) {
			return (this.type.equals("*") && this.subtype.equals("*"))
					|| (this.type.equals(type) && (this.subtype.equals("*") || this.subtype.equals(subtype)));
		}

		int specificity() {
			if (this.type.equals("*")) {
				return 0;
			}
			return this.subtype.equals("*") ? 1 : 2;
		}

	}

}
