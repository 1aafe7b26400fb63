package io.github.x402sessions.facilitator.event.delivery;

import java.time.Duration;
import java.util.function.DoubleSupplier;

/**
 * Pauses between two attempts: each about twice as long as the one before, up to a limit,
 * and none exactly as long as another, so that what has failed at once does not come back
 * at once.
 *
 * @param first the first pause, about
 * @param longest the longest one
 * @param random gives numbers from 0 to 1
 */
record RetryPauses(Duration first, Duration longest, DoubleSupplier random) {

	private static final double SPREAD = 0.5;

	/** More would take longer than anybody waits. */
	private static final int MOST_DOUBLINGS = 40;

	/**
	 * Return a pause.
	 * @param attempts how many attempts have failed before it, at least one
	 * @return the pause, at most the longest one
	 */
	Duration after(int attempts) {
		double doubled = Math.scalb((double) this.first.toMillis(),
				Math.min(Math.max(0, attempts - 1), MOST_DOUBLINGS));
		double full = Math.min((double) this.longest.toMillis(), doubled);
		return Duration.ofMillis(Math.max(1, (long) (full * (1 - SPREAD * this.random.getAsDouble()))));
	}

	/** Return the same pauses, up to another limit where that is shorter. */
	RetryPauses upTo(Duration limit) {
		return (limit.compareTo(this.longest) < 0) ? new RetryPauses(this.first, limit, this.random) : this;
	}

}
