package io.github.x402sessions.facilitator.discovery.listing;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.regex.Matcher;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;

/**
 * A regular expression that a stranger declared. It is matched by an automaton, in a time
 * that is known before: Java's own expressions can be such that they never end, without
 * looking at the text even once. What automatons cannot do (looking around, referring
 * back) is refused.
 *
 * @param pattern the expression
 * @param size how many states it has, about
 */
record DeclaredPattern(Pattern pattern, long size) {

	private static final int LONGEST = 256;

	private static final int MOST_STATES = 1_000;

	private static final java.util.regex.Pattern ESCAPE = java.util.regex.Pattern
		.compile("\\\\(?:u([0-9A-Fa-f]{4})|(.))", java.util.regex.Pattern.DOTALL);

	private static final java.util.regex.Pattern REPEAT = java.util.regex.Pattern
		.compile("\\{([0-9]{1,9})(?:,([0-9]{0,9}))?}");

	/**
	 * Read an expression, as JSON Schema has them.
	 * @param expression the expression
	 * @return the expression, which is not large
	 * @throws UnlistableException if it is none, or too large
	 */
	static DeclaredPattern of(String expression) {
		if (expression.length() > LONGEST) {
			throw new UnlistableException("schema has a pattern that is too long");
		}
		String plain = ESCAPE.matcher(expression)
			.replaceAll((match) -> Matcher
				.quoteReplacement((match.group(1) != null) ? "\\x{" + match.group(1) + "}" : match.group()));
		long size = size(plain);
		if (size > MOST_STATES) {
			throw new UnlistableException("schema has a pattern that is too large");
		}
		try {
			return new DeclaredPattern(Pattern.compile(plain), size);
		}
		catch (PatternSyntaxException ex) {
			throw odd();
		}
	}

	private static UnlistableException odd() {
		return new UnlistableException("schema has a pattern that is none, or looks around or refers back");
	}

	/** Return how long it takes at most to look for it in a text. */
	long steps(String text) {
		return (this.size + 1) * (text.length() + 1);
	}

	boolean isIn(String text) {
		return this.pattern.matcher(text).find();
	}

	/**
	 * Count what an expression becomes with all repetitions written out, before that is
	 * done. What could be counted otherwise than it is read is refused.
	 */
	private static long size(String expression) {
		Deque<Long> open = new ArrayDeque<>();
		long sum = 0;
		long last = 0;
		Matcher repeat = REPEAT.matcher(expression);
		for (int i = 0; i < expression.length(); i++) {
			char one = expression.charAt(i);
			if (one == '(') {
				open.push(sum + last);
				sum = 0;
				last = 0;
			}
			else if (one == ')') {
				if (open.isEmpty()) {
					throw odd();
				}
				last = sum + last + 1;
				sum = open.pop();
			}
			else if (one == '{' && repeat.region(i, expression.length()).lookingAt()) {
				last = Math.min(last * times(repeat), MOST_STATES + 1L);
				i = repeat.end() - 1;
			}
			else {
				sum += last;
				last = 1;
				i = end(expression, i);
			}
		}
		for (long before : open) {
			sum += before;
		}
		return sum + last;
	}

	private static long times(Matcher repeat) {
		long least = Long.parseLong(repeat.group(1));
		String most = repeat.group(2);
		return (most == null) ? Math.max(least, 1) : most.isEmpty() ? least + 1 : Math.max(Long.parseLong(most), 1);
	}

	/** Return the place of the last character of an atom. */
	private static int end(String expression, int begin) {
		char one = expression.charAt(begin);
		if (one == '\\') {
			return escaped(expression, begin);
		}
		return (one == '[') ? charactersEnd(expression, begin) : begin;
	}

	private static int escaped(String expression, int begin) {
		int end = begin + 1;
		if (end == expression.length() || expression.charAt(end) == 'Q') {
			throw odd();
		}
		boolean named = "pPx".indexOf(expression.charAt(end)) >= 0 && expression.startsWith("{", end + 1);
		return named ? expression.indexOf('}', end) : end;
	}

	private static int charactersEnd(String expression, int begin) {
		int first = expression.startsWith("^", begin + 1) ? begin + 2 : begin + 1;
		for (int i = first; i < expression.length(); i++) {
			char one = expression.charAt(i);
			if (one == ']' && i > first) {
				return i;
			}
			if (one == ']' || expression.startsWith("[:", i)) {
				throw odd();
			}
			i = (one == '\\') ? i + 1 : i;
		}
		throw odd();
	}

}
