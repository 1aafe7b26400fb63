package io.github.x402sessions.devnet.network.state;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

import io.github.x402sessions.devnet.transaction.application.AppliedTransaction;
import org.jspecify.annotations.Nullable;

/**
 * The transactions of the remembered ledgers, by hash and by ledger; those with a fee
 * bump by both of their hashes. Not thread-safe: the network guards it.
 */
public final class TransactionArchive {

	private final Map<String, AppliedTransaction> byHash = new HashMap<>();

	private final NavigableMap<Long, List<AppliedTransaction>> byLedger = new TreeMap<>();

	public void add(AppliedTransaction applied) {
		this.byHash.put(applied.transaction().hashHex(), applied);
		this.byHash.put(applied.transaction().inner().hashHex(), applied);
		this.byLedger.computeIfAbsent(applied.ledger(), (ledger) -> new ArrayList<>()).add(applied);
	}

	public @Nullable AppliedTransaction find(String hash) {
		return this.byHash.get(hash);
	}

	/**
	 * Lists transactions in the order in which they were applied.
	 * @param first the first ledger
	 * @param end the ledger after the last one
	 */
	public List<AppliedTransaction> between(long first, long end) {
		return (first < end) ? this.byLedger.subMap(first, end).values().stream().flatMap(List::stream).toList()
				: List.of();
	}

	/** Forgets what is older than the given ledger. */
	public void forgetBefore(long ledger) {
		Map<Long, List<AppliedTransaction>> old = this.byLedger.headMap(ledger);
		old.values().forEach((applied) -> applied.forEach(this::forget));
		old.clear();
	}

	private void forget(AppliedTransaction applied) {
		this.byHash.remove(applied.transaction().hashHex());
		this.byHash.remove(applied.transaction().inner().hashHex());
	}

}
