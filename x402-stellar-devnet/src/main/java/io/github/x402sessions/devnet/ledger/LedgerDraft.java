package io.github.x402sessions.devnet.ledger;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;

import org.jspecify.annotations.Nullable;

/**
 * Changes on top of other entries, to be kept by {@link #commitTo} or discarded. Not
 * thread-safe.
 */
public final class LedgerDraft implements WritableLedger {

	private final LedgerView base;

	private final long ledger;

	private final Map<EntryKey, Optional<StoredEntry>> written = new TreeMap<>();

	/**
	 * Starts a draft.
	 * @param base what it changes
	 * @param ledger the sequence number of the ledger that will hold the changes
	 */
	public LedgerDraft(LedgerView base, long ledger) {
		this.base = base;
		this.ledger = ledger;
	}

	/** The entries before the changes. */
	public LedgerView base() {
		return this.base;
	}

	public long ledger() {
		return this.ledger;
	}

	@Override
	public @Nullable StoredEntry find(EntryKey key) {
		Optional<StoredEntry> changed = this.written.get(key);
		return (changed != null) ? changed.orElse(null) : this.base.find(key);
	}

	@Override
	public void store(EntryKey key, @Nullable StoredEntry entry) {
		this.written.put(key, Optional.ofNullable(entry));
	}

	/** Writes a classic entry. */
	public void put(Entry entry) {
		put(entry, StoredEntry.FOREVER);
	}

	public void put(Entry entry, long liveUntil) {
		store(entry.key(), new StoredEntry(entry, this.ledger, liveUntil));
	}

	/**
	 * Restores an entry if it is archived.
	 * @return whether it was
	 */
	public boolean restore(EntryKey key) {
		StoredEntry stored = find(key);
		if (stored == null || !stored.archivedAt(this.ledger)) {
			return false;
		}
		store(key, stored.restoredAt(this.ledger));
		return true;
	}

	public void remove(EntryKey key) {
		store(key, null);
	}

	/** The changes so far, in the order of their keys. */
	public List<EntryChange> changes() {
		return this.written.entrySet()
			.stream()
			.map((change) -> new EntryChange(change.getKey(), this.base.find(change.getKey()),
					change.getValue().orElse(null)))
			.filter(EntryChange::effective)
			.toList();
	}

	/** The effective changes of some entries, in the order of their keys. */
	public List<EntryChange> changesOf(SortedSet<EntryKey> keys) {
		return keys.stream()
			.map((key) -> new EntryChange(key, this.base.find(key), find(key)))
			.filter(EntryChange::effective)
			.toList();
	}

	public void commitTo(WritableLedger target) {
		this.written.forEach((key, entry) -> target.store(key, entry.orElse(null)));
	}

}
