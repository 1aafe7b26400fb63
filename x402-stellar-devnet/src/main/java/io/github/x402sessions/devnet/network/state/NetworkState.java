package io.github.x402sessions.devnet.network.state;

import java.time.Clock;

import io.github.x402sessions.devnet.ledger.ClosedLedger;
import io.github.x402sessions.devnet.ledger.EntryStore;
import io.github.x402sessions.devnet.ledger.LedgerHistory;

/**
 * State of the network that outlives a restart. Not thread-safe: the network guards it.
 *
 * @param entries all entries
 * @param history the closed ledgers
 * @param archive the applied transactions
 */
public record NetworkState(EntryStore entries, LedgerHistory history, TransactionArchive archive) {

	public static NetworkState genesis(NetworkParameters parameters, Clock clock) {
		ClosedLedger first = ClosedLedger.close(parameters.protocol(), new byte[32], Genesis.SEQUENCE,
				clock.instant().getEpochSecond(), 0);
		EntryStore entries = Genesis.state(parameters);
		entries.forgetPast();
		return new NetworkState(entries, new LedgerHistory(first), new TransactionArchive());
	}

}
