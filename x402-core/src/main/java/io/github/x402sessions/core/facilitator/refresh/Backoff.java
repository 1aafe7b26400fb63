package io.github.x402sessions.core.facilitator.refresh;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * Waits that double with each failure up to a limit. Half of each is random, so that many
 * servers do not come back to a facilitator at the same moment.
 */
public final class Backoff {

	/** Beyond it any wait has reached its limit. */
	private static final int MAX_DOUBLINGS = 20;

	private final Duration first;

	private final Duration max;

	private final RandomGenerator random;

	public Backoff(Duration first, Duration max, RandomGenerator random) {
		this.first = first;
		this.max = max;
		this.random = random;
	}

	/** The wait after a number of failures in a row, 1 or more. */
	public Duration after(int failures) {
		Duration full = this.first.multipliedBy(1L << Math.min(failures - 1, MAX_DOUBLINGS));
		long millis = ((full.compareTo(this.max) < 0) ? full : this.max).toMillis();
		long half = millis / 2;
		return Duration.ofMillis(millis - half + this.random.nextLong(half + 1));
	}

}
