package io.github.x402sessions.devnet.ledger;

import org.jspecify.annotations.Nullable;
import org.stellar.sdk.Asset;

/**
 * Read access to entries by key.
 */
public interface LedgerView {

	@Nullable StoredEntry find(EntryKey key);

	default @Nullable Account account(String id) {
		StoredEntry found = find(EntryKey.account(id));
		return (found != null) ? (Account) found.entry() : null;
	}

	default @Nullable Trustline trustline(String account, Asset asset) {
		StoredEntry found = find(EntryKey.trustline(account, asset));
		return (found != null) ? (Trustline) found.entry() : null;
	}

}
