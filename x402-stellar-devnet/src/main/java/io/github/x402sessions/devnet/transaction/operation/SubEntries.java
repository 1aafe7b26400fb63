package io.github.x402sessions.devnet.transaction.operation;

import java.util.Objects;

import io.github.x402sessions.devnet.ledger.Account;
import io.github.x402sessions.devnet.ledger.LedgerDraft;

/**
 * Counts the entries of an account that raise its reserve.
 */
final class SubEntries {

	private SubEntries() {
	}

	/**
	 * Counts another entry.
	 * @return whether the account can lock the reserve; nothing is counted if not
	 */
	static boolean add(String source, LedgerDraft draft) {
		return count(source, 1, draft);
	}

	static void remove(String source, LedgerDraft draft) {
		count(source, -1, draft);
	}

	private static boolean count(String source, int added, LedgerDraft draft) {
		Account account = Objects.requireNonNull(draft.account(source), "the source was checked");
		Account counted = account.withSubEntries(account.subEntries() + added);
		if (added > 0 && counted.balance() < counted.minimumBalance()) {
			return false;
		}
		draft.put(counted);
		return true;
	}

}
