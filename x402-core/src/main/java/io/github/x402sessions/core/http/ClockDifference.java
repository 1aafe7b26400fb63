package io.github.x402sessions.core.http;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The least that our clock and that of a server differ by, as an answer shows that was
 * made between two times of ours.
 *
 * @param amount how far they are apart, not negative
 * @param ahead whether ours is ahead
 */
public record ClockDifference(Duration amount, boolean ahead) {

	/** Half of what a facilitator allows a signature. */
	private static final Duration TOLERATED = Duration.ofSeconds(30);

	/**
	 * Compare the clocks.
	 * @param dates the values of the answer's {@code Date}
	 * @param ages the values of its {@code Age}: a cache has answered, with a time of
	 * long ago
	 * @param asked when the answer was asked for
	 * @param answered when it came
	 * @return the difference, or empty if the answer does not say
	 */
	public static Optional<ClockDifference> of(List<String> dates, List<String> ages, Instant asked, Instant answered) {
		return ages.isEmpty() ? SingleValue.date(dates).map((theirs) -> between(theirs, asked, answered))
				: Optional.empty();
	}

	/** What they say is cut to the second. */
	private static ClockDifference between(Instant theirs, Instant asked, Instant answered) {
		Duration behind = Duration.between(answered, theirs);
		Duration ahead = Duration.between(theirs.plusSeconds(1), asked);
		boolean isAhead = ahead.compareTo(behind) >= 0;
		Duration difference = isAhead ? ahead : behind;
		return new ClockDifference(difference.isNegative() ? Duration.ZERO : difference, isAhead);
	}

	/**
	 * Tell whether payments get by it, which are signed for a time.
	 * @return whether it is 30 seconds at most
	 */
	public boolean isTolerable() {
		return this.amount.compareTo(TOLERATED) <= 0;
	}

	/**
	 * Say how our clock is, before whose it is compared with.
	 * @return such as {@code 40 s ahead of}
	 */
	public String describe() {
		return this.amount.toSeconds() + (this.ahead ? " s ahead of" : " s behind");
	}

}
