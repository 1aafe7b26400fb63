package io.github.x402sessions.spring;

import java.util.Objects;

/**
 * The number of calls that may hold threads of the container for one facilitator. As many
 * as are verified may wait for that.
 *
 * @param verifies how many payments may be verified at a time
 * @param settles how many payments may be settled at a time
 */
public record CallBounds(int verifies, int settles) {

	/** More than that need no verification at the same moment. */
	private static final int MAX_VERIFIES = 64;

	/**
	 * Leave a quarter of the requests to what needs no facilitator, as soon as there are
	 * four at a time.
	 * @param requests how many requests may be for one facilitator at a time
	 * @return the bounds, at least 1 each
	 */
	public static CallBounds within(int requests) {
		int verifies = Math.max(1, Math.min(MAX_VERIFIES, requests / 8));
		int left = requests * 3 / 4 - 2 * verifies;
		return new CallBounds(verifies, Math.max(1, Math.min(requests / 2, left)));
	}

	/**
	 * Let hold what is configured.
	 * @param configured may have bounds
	 * @return its bounds, or these where it has none
	 */
	public CallBounds unless(X402Properties.Facilitator configured) {
		return new CallBounds(Objects.requireNonNullElse(configured.maxConcurrentVerifies(), this.verifies),
				Objects.requireNonNullElse(configured.maxConcurrentSettles(), this.settles));
	}

}
