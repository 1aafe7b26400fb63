package io.github.x402sessions.devnet.simulation;

import io.github.x402sessions.devnet.ledger.Account;
import io.github.x402sessions.devnet.ledger.EntryKey;
import io.github.x402sessions.devnet.ledger.LedgerView;
import io.github.x402sessions.devnet.ledger.StoredEntry;
import org.jspecify.annotations.Nullable;

/**
 * Entries as simulations see them: every account has the size of one that was once the
 * source of a transaction, because it may be that of the simulated one.
 *
 * @param actual the entries as they are
 */
record UsedAccountsView(LedgerView actual) implements LedgerView {

	@Override
	public @Nullable StoredEntry find(EntryKey key) {
		StoredEntry found = this.actual.find(key);
		return (found != null && found.entry() instanceof Account account && account.lastUse() == null)
				? new StoredEntry(account.used(account.sequence(), 0, 0), found.lastModified(), found.liveUntil())
				: found;
	}

}
