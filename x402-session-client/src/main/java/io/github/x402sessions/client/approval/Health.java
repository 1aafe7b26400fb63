package io.github.x402sessions.client.approval;

import java.time.Clock;

import org.jspecify.annotations.Nullable;

/**
 * The answer to {@code getHealth}.
 *
 * @param latestLedger the latest ledger's sequence number
 * @param latestLedgerCloseTime when it closed, epoch seconds, as a number or as a string;
 * absent in older servers
 */
record Health(long latestLedger, @Nullable Object latestLedgerCloseTime) {

	/** The chain's time where it is known: the local clock may be off. */
	long time(Clock clock) {
		return (this.latestLedgerCloseTime != null)
				? RpcNumber.read("latestLedgerCloseTime", this.latestLedgerCloseTime)
				: clock.instant().getEpochSecond();
	}

}
