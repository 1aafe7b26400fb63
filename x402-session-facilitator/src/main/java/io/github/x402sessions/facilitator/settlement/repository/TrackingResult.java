package io.github.x402sessions.facilitator.settlement.repository;

/**
 * The result of tracking a transaction.
 */
public sealed interface TrackingResult {

	/**
	 * The books know how it ended.
	 *
	 * @param outcome the end
	 * @param feeCharged what the ledger charged, stroops
	 */
	record Decided(Outcome outcome, long feeCharged) implements TrackingResult {

		public Decided(Outcome outcome) {
			this(outcome, 0);
		}

	}

	/**
	 * It is open: the follower was stopped. Nothing is freed.
	 */
	record Open() implements TrackingResult {
	}

}
