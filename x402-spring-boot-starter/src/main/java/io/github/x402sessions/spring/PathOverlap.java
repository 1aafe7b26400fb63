package io.github.x402sessions.spring;

import java.util.List;

import org.springframework.util.StringUtils;

/**
 * Tells whether two path patterns in Spring's syntax can match the same path. In doubt
 * they can: within a segment only what stands before its first wildcard is compared.
 */
final class PathOverlap {

	private PathOverlap() {
	}

	static boolean of(String one, String other) {
		return of(segments(one), segments(other));
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
	static String literal(String pattern) {
		return pattern.replaceFirst("[*?{].*", "");
	}

}
