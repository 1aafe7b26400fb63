package io.github.x402sessions.facilitator.settlement.tracking;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * Hears what settling costs in time and fees. Implementations are thread-safe and do not
 * fail.
 */
public interface SettlementObserver {

	/**
	 * A transaction was prepared, signed and written down.
	 * @param time how long that took
	 */
	void prepared(Duration time);

	/**
	 * A transaction has ended.
	 * @param end {@code confirmed}, {@code failed} or {@code dead}
	 * @param time how long that took from when it was first sent; absent where another
	 * process has sent it
	 * @param feeCharged what the ledger charged, stroops; 0 for a dead one
	 */
	void ended(String end, @Nullable Duration time, long feeCharged);

}
