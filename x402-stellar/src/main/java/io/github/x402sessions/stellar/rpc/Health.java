package io.github.x402sessions.stellar.rpc;

import java.time.Clock;

import org.jspecify.annotations.Nullable;

/**
 * The answer to {@code getHealth}.
 *
 * @param latestLedger the latest ledger's sequence number
 * @param latestLedgerCloseTime when it closed, epoch seconds: a string or, in older
 * servers, a number or absent
 */
public record Health(long latestLedger, @Nullable Object latestLedgerCloseTime) {

	/** The chain's time where it is known: the local clock may be off. */
	public long time(Clock clock) {
		String told = String.valueOf(this.latestLedgerCloseTime);
		return told.matches("[0-9]{1,18}") ? Long.parseLong(told) : clock.instant().getEpochSecond();
	}

}
