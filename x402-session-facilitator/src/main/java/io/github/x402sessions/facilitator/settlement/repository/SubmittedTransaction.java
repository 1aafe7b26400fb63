package io.github.x402sessions.facilitator.settlement.repository;

import io.github.x402sessions.stellar.transaction.SignedTransaction;
import io.github.x402sessions.stellar.transfer.Transfer;
import org.jspecify.annotations.Nullable;

/**
 * A transaction that is written down and may be on the network.
 *
 * @param transaction the transaction
 * @param ledger the latest ledger when it was signed: it is in none before
 * @param transfer what it transfers; absent where another process has signed it
 */
public record SubmittedTransaction(SignedTransaction transaction, long ledger, @Nullable Transfer transfer) {

	public String hash() {
		return this.transaction.hash();
	}

}
