package io.github.x402sessions.core.facilitator.refresh;

import java.time.Duration;
import java.util.Objects;

/**
 * Settings of a {@link RefreshingFacilitator}: how often it asks what is supported.
 * {@link #defaults()} has the defaults, the {@code with…} methods change them.
 *
 * @param interval how long a good answer is believed before the next question, default 5
 * minutes
 * @param maxWait how long requests that come at start wait for the first answer, counted
 * from the start, default 5 seconds; 0 for not at all
 * @param firstRetry how long to wait after a first failure, doubled with each further
 * one, default 250 milliseconds
 * @param maxRetry the longest wait between failures, default 30 seconds
 */
public record RefreshOptions(Duration interval, Duration maxWait, Duration firstRetry, Duration maxRetry) {

	/**
	 * Check the fields.
	 * @throws IllegalArgumentException if one is out of range; the message names it
	 */
	public RefreshOptions {
		requirePositive(interval, "interval");
		if (Objects.requireNonNull(maxWait, "maxWait").isNegative()) {
			throw new IllegalArgumentException("maxWait must not be negative");
		}
		requirePositive(firstRetry, "firstRetry");
		requirePositive(maxRetry, "maxRetry");
	}

	/**
	 * Return the defaults.
	 * @return the options
	 */
	public static RefreshOptions defaults() {
		return new RefreshOptions(Duration.ofMinutes(5), Duration.ofSeconds(5), Duration.ofMillis(250),
				Duration.ofSeconds(30));
	}

	/**
	 * Change how long a good answer is believed.
	 * @param interval the new value
	 * @return changed options
	 */
	public RefreshOptions withInterval(Duration interval) {
		return new RefreshOptions(interval, this.maxWait, this.firstRetry, this.maxRetry);
	}

	/**
	 * Change how long the first requests wait.
	 * @param maxWait the new value
	 * @return changed options
	 */
	public RefreshOptions withMaxWait(Duration maxWait) {
		return new RefreshOptions(this.interval, maxWait, this.firstRetry, this.maxRetry);
	}

	/**
	 * Change the waits after failures.
	 * @param firstRetry the wait after a first failure
	 * @param maxRetry the longest wait
	 * @return changed options
	 */
	public RefreshOptions withRetries(Duration firstRetry, Duration maxRetry) {
		return new RefreshOptions(this.interval, this.maxWait, firstRetry, maxRetry);
	}

	private static void requirePositive(Duration value, String name) {
		if (Objects.requireNonNull(value, name).toMillis() < 1) {
			throw new IllegalArgumentException(name + " must be at least 1 millisecond");
		}
	}

}
