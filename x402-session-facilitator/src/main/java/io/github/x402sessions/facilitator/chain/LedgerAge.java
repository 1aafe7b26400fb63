package io.github.x402sessions.facilitator.chain;

import java.time.Clock;

import io.github.x402sessions.stellar.rpc.LatestLedger;

/**
 * Age of a node's latest ledger by the time. A node that hangs answers all that it is
 * asked of the same old ledger, so nothing else tells. Thread-safe.
 *
 * @param clock the time
 */
public record LedgerAge(Clock clock) {

	/** A ledger takes about 5 seconds. */
	private static final long OLDEST_SECONDS = 30;

	/**
	 * Return how old a ledger is.
	 * @param latest the ledger
	 * @return seconds since it closed; 0 where the node does not say when that was
	 */
	public long seconds(LatestLedger latest) {
		return (latest.closeTime() > 0) ? Math.max(0, this.clock.instant().getEpochSecond() - latest.closeTime()) : 0;
	}

	/**
	 * Tell whether money may not be lent, nor anybody be put in default, by what a ledger
	 * says.
	 * @param latest the latest ledger of the node that says it
	 * @return whether there must have been others since
	 */
	public boolean isOld(LatestLedger latest) {
		return seconds(latest) > OLDEST_SECONDS;
	}

}
