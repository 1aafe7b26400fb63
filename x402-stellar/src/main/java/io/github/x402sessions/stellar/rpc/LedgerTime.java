package io.github.x402sessions.stellar.rpc;

import java.time.Duration;

/**
 * Turns time into ledgers and back, at the 5 seconds that the network aims for; a ledger
 * may take a little longer.
 */
public final class LedgerTime {

	private static final long SECONDS_PER_LEDGER = 5;

	private LedgerTime() {
	}

	/**
	 * Return how many ledgers a time takes.
	 * @param time the time, whose parts of a second do not count
	 * @return the number of ledgers; a part of one counts as a whole
	 */
	public static long ledgers(Duration time) {
		return (time.toSeconds() + SECONDS_PER_LEDGER - 1) / SECONDS_PER_LEDGER;
	}

	/**
	 * Return by how many ledgers a time is over for certain, wherever in a ledger it
	 * began.
	 * @param time the time
	 * @return the number of ledgers, at least 1
	 */
	public static long ledgersPast(Duration time) {
		return time.toSeconds() / SECONDS_PER_LEDGER + 1;
	}

	/**
	 * Return how long ledgers take.
	 * @param ledgers the number of ledgers
	 * @return the time
	 */
	public static Duration lasting(long ledgers) {
		return Duration.ofSeconds(ledgers * SECONDS_PER_LEDGER);
	}

}
