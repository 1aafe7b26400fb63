package io.github.x402sessions.devnet.ledger;

import org.jspecify.annotations.Nullable;

/**
 * Read and write access to entries: the store itself or a draft on top of it.
 */
public interface WritableLedger extends LedgerView {

	/**
	 * Replaces the entry under a key, or removes it.
	 */
	void store(EntryKey key, @Nullable StoredEntry entry);

}
