package io.github.x402sessions.core.terms;

import java.util.Objects;

import org.jspecify.annotations.Nullable;

/**
 * The calls of a priced route that cost nothing. It is a declaration: whoever serves the
 * route has to keep it, and a server that knows nothing of it charges for all calls.
 *
 * @param condition tells who pays nothing, in the language of the server's security;
 * absent if nobody does for who he is
 * @param perDay how many calls a day each caller has for nothing, 0 to
 * {@value #MAX_PER_DAY}
 * @param counter what they are counted under, beside the caller and the day: the same on
 * all instances of a server
 */
public record FreeCalls(@Nullable String condition, int perDay, String counter) {

	/** The most calls a day that may cost nothing. */
	public static final int MAX_PER_DAY = 1_000_000;

	/**
	 * Check the fields.
	 * @throws IllegalArgumentException if {@code perDay} is out of range
	 */
	public FreeCalls {
		Objects.requireNonNull(counter, "counter");
		if (perDay < 0 || perDay > MAX_PER_DAY) {
			throw new IllegalArgumentException("perDay must be 0 to " + MAX_PER_DAY);
		}
	}

}
