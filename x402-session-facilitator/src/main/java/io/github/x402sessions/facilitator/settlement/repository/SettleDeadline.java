package io.github.x402sessions.facilitator.settlement.repository;

import java.time.Duration;

/**
 * The time that one caller waits, running out. Its last parts are kept for what has to
 * happen in them, so that nothing is sent for a caller who has gone. Thread-safe.
 */
public final class SettleDeadline {

	/** A leased source still needs a transaction: 15 of 50 seconds. */
	private static final int PREPARING_AND_LANDING_PERCENT = 30;

	/** A transaction needs two ledgers to land: 10 of 50 seconds. */
	private static final int LANDING_PERCENT = 20;

	private final long total;

	private final long start = System.nanoTime();

	public SettleDeadline(Duration total) {
		this.total = total.toNanos();
	}

	public Duration left() {
		return Duration.ofNanos(Math.max(0, this.total - (System.nanoTime() - this.start)));
	}

	public boolean isOver() {
		return left().isZero();
	}

	/** A source that comes too late is of no use: the transaction needs time as well. */
	public Duration leftForLease() {
		return left().minusNanos(percent(PREPARING_AND_LANDING_PERCENT));
	}

	/** Return how long a transaction may be in the making; not positive if it is late. */
	public Duration leftForPreparing() {
		return left().minusNanos(percent(LANDING_PERCENT));
	}

	public boolean isForAnotherTry() {
		return left().toNanos() > this.total / 2;
	}

	private long percent(int percent) {
		return this.total / 100 * percent;
	}

}
