package io.github.x402sessions.devnet.ledger;

import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * All entries of the network after its latest ledger. Not thread-safe: the network guards
 * it.
 */
public final class LedgerState implements WritableLedger {

	private final Map<EntryKey, StoredEntry> entries = new HashMap<>();

	private final Set<EntryKey> touched = new LinkedHashSet<>();

	@Override
	public @Nullable StoredEntry find(EntryKey key) {
		return this.entries.get(key);
	}

	@Override
	public void store(EntryKey key, @Nullable StoredEntry entry) {
		this.touched.add(key);
		if (entry != null) {
			this.entries.put(key, entry);
		}
		else {
			this.entries.remove(key);
		}
	}

	/** The keys that were stored under since the last time this was asked. */
	public Set<EntryKey> takeTouched() {
		Set<EntryKey> keys = new LinkedHashSet<>(this.touched);
		this.touched.clear();
		return keys;
	}

	/** The keys of all entries. */
	public Set<EntryKey> keys() {
		return new LinkedHashSet<>(this.entries.keySet());
	}

	/** Drops the temporary entries whose life ended before the given ledger. */
	public void evict(long ledger) {
		this.entries.values().removeIf((entry) -> entry.forgottenAt(ledger));
	}

}
