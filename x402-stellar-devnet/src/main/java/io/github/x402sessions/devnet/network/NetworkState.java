package io.github.x402sessions.devnet.network;

import java.time.Clock;

import io.github.x402sessions.devnet.ledger.ClosedLedger;
import io.github.x402sessions.devnet.ledger.EntryStore;
import io.github.x402sessions.devnet.ledger.LedgerHistory;

/**
 * What the network remembers over a restart. Not thread-safe: the network guards it.
 *
 * @param state all entries
 * @param history the closed ledgers
 * @param archive the applied transactions
 */
record NetworkState(EntryStore state, LedgerHistory history, TransactionArchive archive) {

	static NetworkState genesis(NetworkParameters parameters, Clock clock) {
		ClosedLedger first = ClosedLedger.close(parameters.protocol(), new byte[32], Genesis.SEQUENCE,
				clock.instant().getEpochSecond(), 0);
		EntryStore state = Genesis.state(parameters);
		state.forgetPast();
		return new NetworkState(state, new LedgerHistory(first), new TransactionArchive());
	}

}
