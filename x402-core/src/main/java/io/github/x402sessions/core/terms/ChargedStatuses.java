package io.github.x402sessions.core.terms;

import java.util.BitSet;
import java.util.Collection;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The HTTP statuses that a route is paid for. An answer with another one is delivered and
 * costs nothing, unless its payment was settled before. Immutable.
 */
public final class ChargedStatuses {

	private static final int MIN = 100;

	private static final int MAX = 599;

	private static final int FIRST_FAILURE = 400;

	private static final int OK = 200;

	private static final int PARTIAL_CONTENT = 206;

	private static final int NOT_MODIFIED = 304;

	private static final Pattern RANGE = Pattern.compile("([1-5][0-9]{2})(?:-([1-5][0-9]{2}))?|([1-5])xx");

	private final BitSet statuses;

	private ChargedStatuses(BitSet statuses) {
		this.statuses = statuses;
	}

	/**
	 * Return what is charged by default: all below 400 except 304.
	 * @return the statuses
	 */
	public static ChargedStatuses defaults() {
		BitSet statuses = new BitSet();
		statuses.set(MIN, FIRST_FAILURE);
		statuses.clear(NOT_MODIFIED);
		return new ChargedStatuses(statuses);
	}

	/**
	 * Read statuses as they were written down. Where {@code 200} costs, {@code 206} does:
	 * a client may ask for all of an answer as a range of it.
	 * @param texts single statuses ({@code 200}), ranges ({@code 200-206}) and classes
	 * ({@code 2xx}); at least one
	 * @return the statuses
	 * @throws IllegalArgumentException if there is none, or one is something else
	 */
	public static ChargedStatuses of(Collection<String> texts) {
		BitSet statuses = new BitSet();
		for (String text : texts) {
			Matcher range = RANGE.matcher(text.trim());
			if (!range.matches()) {
				throw new IllegalArgumentException("'" + text + "' is no status (200), range (200-206) or class (2xx)");
			}
			if (range.group(3) != null) {
				int first = Integer.parseInt(range.group(3)) * MIN;
				statuses.set(first, first + MIN);
			}
			else {
				int first = Integer.parseInt(range.group(1));
				int last = (range.group(2) != null) ? Integer.parseInt(range.group(2)) : first;
				if (last < first) {
					throw new IllegalArgumentException("'" + text + "' ends before it begins");
				}
				statuses.set(first, last + 1);
			}
		}
		if (statuses.isEmpty()) {
			throw new IllegalArgumentException("no status is charged");
		}
		if (statuses.get(OK)) {
			statuses.set(PARTIAL_CONTENT);
		}
		return new ChargedStatuses(statuses);
	}

	/**
	 * Tell whether an answer is charged.
	 * @param status its HTTP status
	 * @return whether it costs
	 */
	public boolean include(int status) {
		return status >= MIN && status <= MAX && this.statuses.get(status);
	}

	@Override
	public boolean equals(Object other) {
		return other instanceof ChargedStatuses that && this.statuses.equals(that.statuses);
	}

	@Override
	public int hashCode() {
		return this.statuses.hashCode();
	}

	@Override
	public String toString() {
		return this.statuses.toString();
	}

}
