package io.github.x402sessions.facilitator.settlement;

/**
 * What following a transaction came to.
 */
sealed interface Fate {

	/**
	 * The books know how it ended.
	 *
	 * @param outcome the end
	 * @param feeCharged what the ledger charged, stroops
	 */
	record Decided(Outcome outcome, long feeCharged) implements Fate {

		Decided(Outcome outcome) {
			this(outcome, 0);
		}

	}

	/**
	 * It is open: the follower was stopped. Nothing is freed.
	 */
	record Open() implements Fate {
	}

}
