package io.github.x402sessions.stellar.rpc;

import org.jspecify.annotations.Nullable;

/**
 * A node's knowledge of a transaction, with the range of ledgers that it looked at.
 *
 * @param status how it ended, if it did
 * @param ledger the ledger it was applied in; 0 when not found
 * @param envelope the envelope's XDR; absent when not found
 * @param latestLedger the node's latest ledger
 * @param latestCloseTime when that ledger closed, Unix seconds
 * @param oldestLedger the oldest ledger that the node still has
 * @param feeCharged what it cost its source, stroops; 0 when not found
 * @param result the XDR of its result; absent when not found
 * @param oldestCloseTime when the oldest ledger closed, Unix seconds; 0 where the node
 * does not say
 * @param closeTime when the ledger that it was applied in closed, Unix seconds; 0 when
 * not found
 */
public record TransactionLookup(Status status, long ledger, @Nullable String envelope, long latestLedger,
		long latestCloseTime, long oldestLedger, long feeCharged, @Nullable String result, long oldestCloseTime,
		long closeTime) {

	/**
	 * Return the ledgers that the node looked at.
	 * @return the latest one, and the oldest
	 */
	public LatestLedger ledgers() {
		return new LatestLedger(this.latestLedger, this.latestCloseTime, this.oldestLedger);
	}

	/** How a transaction ended. */
	public enum Status {

		/** It is in no ledger that the node has. */
		NOT_FOUND,

		/** It was applied and did what it says. */
		SUCCESS,

		/** It was applied, cost its fee and changed nothing else. */
		FAILED

	}

}
