package io.github.x402sessions.devnet.network;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

import io.github.x402sessions.devnet.transaction.AppliedTransaction;
import org.jspecify.annotations.Nullable;

/**
 * The transactions of the remembered ledgers, by hash; those with a fee bump by both of
 * theirs. Not thread-safe: the network guards it.
 */
final class TransactionArchive {

	private final Map<String, AppliedTransaction> byHash = new LinkedHashMap<>();

	void add(AppliedTransaction applied) {
		this.byHash.put(applied.transaction().hashHex(), applied);
		this.byHash.put(applied.transaction().inner().hashHex(), applied);
	}

	@Nullable AppliedTransaction find(String hash) {
		return this.byHash.get(hash);
	}

	/** Forgets what is older than the given ledger. */
	void forgetBefore(long ledger) {
		Iterator<AppliedTransaction> oldestFirst = this.byHash.values().iterator();
		while (oldestFirst.hasNext() && oldestFirst.next().ledger() < ledger) {
			oldestFirst.remove();
		}
	}

}
