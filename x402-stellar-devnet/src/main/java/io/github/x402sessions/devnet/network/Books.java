package io.github.x402sessions.devnet.network;

import java.time.Clock;

import io.github.x402sessions.devnet.ledger.ClosedLedger;
import io.github.x402sessions.devnet.ledger.LedgerHistory;
import io.github.x402sessions.devnet.ledger.LedgerState;

/**
 * What the network remembers over a restart. Not thread-safe: the network guards it.
 *
 * @param state all entries
 * @param history the closed ledgers
 * @param archive the applied transactions
 */
record Books(LedgerState state, LedgerHistory history, TransactionArchive archive) {

	static Books genesis(Parameters parameters, Clock clock) {
		ClosedLedger first = ClosedLedger.close(parameters.protocol(), new byte[32], Genesis.SEQUENCE,
				clock.instant().getEpochSecond(), 0);
		LedgerState state = Genesis.state(parameters);
		state.forgetPast();
		return new Books(state, new LedgerHistory(first), new TransactionArchive());
	}

}
