package io.github.x402sessions.devnet.transaction.operation;

import java.util.Objects;

import io.github.x402sessions.devnet.ledger.Account;
import io.github.x402sessions.devnet.ledger.LedgerDraft;
import org.stellar.sdk.xdr.BumpSequenceOp;

/**
 * Raises the sequence number of the source. A higher one stays.
 */
final class BumpSequence {

	private static final int BAD_SEQ = -1;

	private BumpSequence() {
	}

	static int check(BumpSequenceOp operation) {
		return (target(operation) < 0) ? BAD_SEQ : 0;
	}

	static int apply(BumpSequenceOp operation, String source, LedgerDraft draft, long closeTime) {
		Account account = Objects.requireNonNull(draft.account(source), "the source was checked");
		draft.put(account.used(Math.max(account.sequence(), target(operation)), draft.ledger(), closeTime));
		return 0;
	}

	private static long target(BumpSequenceOp operation) {
		return operation.getBumpTo().getSequenceNumber().getInt64();
	}

}
