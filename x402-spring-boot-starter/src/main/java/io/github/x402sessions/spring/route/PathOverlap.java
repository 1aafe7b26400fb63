package io.github.x402sessions.spring.route;

import java.util.List;

import org.springframework.util.StringUtils;

/**
 * Compares path patterns in Spring's syntax: whether two can match the same path, and
 * whether one matches whatever the other does. In doubt they meet, and neither covers the
 * other: within a segment only what stands before its first wildcard is compared.
 */
public final class PathOverlap {

	private PathOverlap() {
	}

	public static boolean of(String one, String other) {
		return of(segments(one), segments(other));
	}

	/**
	 * Tell whether a pattern matches all paths that another one does.
	 */
	public static boolean covers(String wide, String narrow) {
		return covers(segments(wide), segments(narrow));
	}

	private static boolean covers(List<String> wide, List<String> narrow) {
		if (startsWithRest(wide)) {
			return wide.size() == 1;
		}
		if (wide.isEmpty() || narrow.isEmpty()) {
			return wide.isEmpty() && narrow.isEmpty();
		}
		return !startsWithRest(narrow) && (isAny(wide.get(0)) || wide.get(0).equals(narrow.get(0)))
				&& covers(tail(wide), tail(narrow));
	}

	private static boolean isAny(String segment) {
		return segment.equals("*") || segment.matches("\\{[^:{}]+}");
	}

	/** Whether a pattern is a single path. */
	public static boolean isLiteral(String pattern) {
		return literal(pattern).equals(pattern);
	}

	private static List<String> segments(String pattern) {
		return List.of(StringUtils.tokenizeToStringArray(pattern, "/"));
	}

	private static boolean of(List<String> one, List<String> other) {
		if (one.isEmpty() && other.isEmpty()) {
			return true;
		}
		if (startsWithRest(one)) {
			return of(tail(one), other) || (!other.isEmpty() && of(one, tail(other)));
		}
		if (startsWithRest(other)) {
			return of(other, one);
		}
		return !one.isEmpty() && !other.isEmpty() && meet(one.get(0), other.get(0)) && of(tail(one), tail(other));
	}

	private static boolean startsWithRest(List<String> segments) {
		return !segments.isEmpty() && (segments.get(0).equals("**") || segments.get(0).startsWith("{*"));
	}

	private static List<String> tail(List<String> segments) {
		return segments.subList(1, segments.size());
	}

	private static boolean meet(String one, String other) {
		String first = literal(one);
		String second = literal(other);
		boolean firstIsWhole = first.length() == one.length();
		boolean secondIsWhole = second.length() == other.length();
		int length = Math.min(first.length(), second.length());
		return first.regionMatches(true, 0, second, 0, length) && (!firstIsWhole || second.length() <= first.length())
				&& (!secondIsWhole || first.length() <= second.length());
	}

	/** What a segment or path begins with before its first wildcard. */
	public static String literal(String pattern) {
		return pattern.replaceFirst("[*?{].*", "");
	}

}
