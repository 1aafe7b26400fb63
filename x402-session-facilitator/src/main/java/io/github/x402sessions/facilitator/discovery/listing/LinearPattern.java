package io.github.x402sessions.facilitator.discovery.listing;

import java.util.regex.Matcher;

import com.google.re2j.Pattern;

/**
 * A stranger's regular expression, checked in time that grows with its size and with the
 * text alone: Java's own take exponentially long, even without a look at the text, and
 * nothing stops them. One that looks around or back has no such time and is refused, and
 * so is one that is large once its repetitions are written out.
 *
 * @param pattern the expression
 * @param size how large it is, written out
 */
record LinearPattern(Pattern pattern, int size) {

	private static final int LARGEST = 5_000;

	/** What one repetition of a character or a class is compiled to, at most. */
	private static final long INSTRUCTIONS = 3;

	private static final java.util.regex.Pattern COUNT = java.util.regex.Pattern
		.compile("\\{([0-9]{1,9})(?:,([0-9]{0,9}))?\\}");

	/** How JavaScript writes a character, which RE2 writes in another way. */
	private static final java.util.regex.Pattern UNICODE = java.util.regex.Pattern
		.compile("(\\\\[^u])|\\\\u([0-9A-Fa-f]{4})");

	/**
	 * Read an expression.
	 * @throws UnlistableException if it is none, or one of those that are refused
	 */
	static LinearPattern of(String expression) {
		int size = size(expression);
		if (size > LARGEST) {
			throw new UnlistableException("schema has a pattern that takes too long");
		}
		String translated = UNICODE.matcher(expression)
			.replaceAll((match) -> Matcher
				.quoteReplacement((match.group(2) != null) ? "\\x{" + match.group(2) + "}" : match.group()));
		try {
			return new LinearPattern(Pattern.compile(translated), size);
		}
		catch (com.google.re2j.PatternSyntaxException | IllegalArgumentException | StackOverflowError ex) {
			throw new UnlistableException("schema has a pattern that is none, or looks around or back");
		}
	}

	/** Whether some part of a text is as it says. */
	boolean finds(String text) {
		return this.pattern.matcher(text).find();
	}

	/** Return how many steps that takes at most. */
	long steps(String text) {
		return (long) this.size * (text.length() + 1);
	}

	/**
	 * Whatever is repeated as a group is taken to be all of it: what is refused too much
	 * is nothing that anybody writes.
	 */
	private static int size(String expression) {
		long parts = expression.length();
		long groups = 1;
		Matcher count = COUNT.matcher(expression);
		while (count.find()) {
			long most = 1 + Long
				.parseLong((count.group(2) != null && !count.group(2).isEmpty()) ? count.group(2) : count.group(1));
			char before = (count.start() > 0) ? expression.charAt(count.start() - 1) : ' ';
			if (before == ')' || before == 'E') {
				groups = Math.min(groups * most, LARGEST + 1L);
			}
			else {
				parts += INSTRUCTIONS * most;
			}
		}
		return (int) Math.min(parts * groups, LARGEST + 1L);
	}

}
