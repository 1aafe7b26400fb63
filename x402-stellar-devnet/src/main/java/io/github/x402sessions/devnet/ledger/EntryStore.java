package io.github.x402sessions.devnet.ledger;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * All entries of the network after its latest ledger, and their states a few ledgers ago.
 * Not thread-safe: the network guards it.
 */
public final class EntryStore implements WritableLedger {

	/** The greatest age, in ledgers, of a state that is remembered. */
	public static final int MAX_AGE = 3;

	private final Map<EntryKey, StoredEntry> entries = new HashMap<>();

	private final Set<EntryKey> touched = new LinkedHashSet<>();

	/** The entries before each of the last ledgers; the youngest comes first. */
	private final List<Map<EntryKey, Optional<StoredEntry>>> past = new ArrayList<>(List.of(new HashMap<>()));

	@Override
	public @Nullable StoredEntry find(EntryKey key) {
		return this.entries.get(key);
	}

	@Override
	public void store(EntryKey key, @Nullable StoredEntry entry) {
		this.touched.add(key);
		this.past.get(0).putIfAbsent(key, Optional.ofNullable(this.entries.get(key)));
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
		List<EntryKey> forgotten = this.entries.entrySet()
			.stream()
			.filter((entry) -> entry.getValue().forgottenAt(ledger))
			.map(Map.Entry::getKey)
			.toList();
		for (EntryKey key : forgotten) {
			this.past.get(0).putIfAbsent(key, Optional.ofNullable(this.entries.remove(key)));
		}
	}

	/** Ends a ledger: what is stored from now on belongs to the next one. */
	public void endLedger() {
		this.past.add(0, new HashMap<>());
		if (this.past.size() > MAX_AGE + 1) {
			this.past.remove(MAX_AGE + 1);
		}
	}

	/** Makes the present the oldest state that is remembered. */
	public void forgetPast() {
		this.past.clear();
		this.past.add(new HashMap<>());
	}

	/** The age, in ledgers, of the oldest remembered state. */
	public int maxAge() {
		return this.past.size() - 1;
	}

	/**
	 * The entries as they were some ledgers ago.
	 * @param age how many; 0 for the present, {@link #maxAge()} at most
	 */
	public LedgerView aged(int age) {
		return (age == 0) ? this : (key) -> {
			for (int i = age; i >= 0; i--) {
				Optional<StoredEntry> old = this.past.get(i).get(key);
				if (old != null) {
					return old.orElse(null);
				}
			}
			return this.entries.get(key);
		};
	}

}
