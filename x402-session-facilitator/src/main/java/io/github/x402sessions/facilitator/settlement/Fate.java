package io.github.x402sessions.facilitator.settlement;

/**
 * What following a transaction came to.
 */
sealed interface Fate {

	/**
	 * The books know how it ended.
	 *
	 * @param outcome the end
	 */
	record Decided(Outcome outcome) implements Fate {
	}

	/**
	 * It is open: the follower was stopped. Nothing is freed.
	 */
	record Open() implements Fate {
	}

}
