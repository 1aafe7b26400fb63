package io.github.x402sessions.devnet.ledger;

import java.util.HashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * All entries of the network after its latest ledger. Not thread-safe: the network guards
 * it.
 */
public final class LedgerState implements WritableLedger {

	private final Map<EntryKey, StoredEntry> entries = new HashMap<>();

	@Override
	public @Nullable StoredEntry find(EntryKey key) {
		return this.entries.get(key);
	}

	@Override
	public void store(EntryKey key, @Nullable StoredEntry entry) {
		if (entry != null) {
			this.entries.put(key, entry);
		}
		else {
			this.entries.remove(key);
		}
	}

	/** Drops the temporary entries whose life ended before the given ledger. */
	public void evict(long ledger) {
		this.entries.values().removeIf((entry) -> entry.forgottenAt(ledger));
	}

}
