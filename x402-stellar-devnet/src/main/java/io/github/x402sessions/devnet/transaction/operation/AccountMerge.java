package io.github.x402sessions.devnet.transaction.operation;

import java.util.Objects;

import io.github.x402sessions.devnet.ledger.Account;
import io.github.x402sessions.devnet.ledger.Authority;
import io.github.x402sessions.devnet.ledger.LedgerDraft;
import io.github.x402sessions.devnet.transaction.OperationResult;
import io.github.x402sessions.devnet.xdr.Strkeys;
import org.stellar.sdk.xdr.MuxedAccount;
import org.stellar.sdk.xdr.OperationType;

/**
 * Closes the source and gives its lumens to another account.
 */
final class AccountMerge {

	private static final int MALFORMED = -1;

	private static final int NO_ACCOUNT = -2;

	private static final int IMMUTABLE_SET = -3;

	private static final int HAS_SUB_ENTRIES = -4;

	private static final int SEQNUM_TOO_FAR = -5;

	private static final int DEST_FULL = -6;

	private AccountMerge() {
	}

	static int check(MuxedAccount destination, String source) {
		return Strkeys.of(destination).equals(source) ? MALFORMED : 0;
	}

	static OperationResult apply(MuxedAccount destination, String source, LedgerDraft draft) {
		Account account = Objects.requireNonNull(draft.account(source), "the source was checked");
		Account heir = draft.account(Strkeys.of(destination));
		int code = (heir != null) ? obstacle(account, heir, draft.ledger()) : NO_ACCOUNT;
		if (heir == null || code != 0) {
			return OperationResult.of(OperationType.ACCOUNT_MERGE, code);
		}
		draft.put(heir.withBalance(heir.balance() + account.balance()));
		draft.remove(account.key());
		return OperationResult.merged(account.balance());
	}

	/** An account that is opened again must not get its old sequence numbers back. */
	private static int obstacle(Account account, Account heir, long ledger) {
		if (account.authority().has(Authority.IMMUTABLE)) {
			return IMMUTABLE_SET;
		}
		if (account.subEntries() != account.authority().signers().size()) {
			return HAS_SUB_ENTRIES;
		}
		if (account.sequence() >= Account.firstSequence(ledger)) {
			return SEQNUM_TOO_FAR;
		}
		return (Long.MAX_VALUE - heir.balance() < account.balance()) ? DEST_FULL : 0;
	}

}
