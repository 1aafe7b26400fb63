package io.github.x402sessions.facilitator.reconcile;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

import io.github.x402sessions.facilitator.reconcile.RecordedSessions.Expiry;
import io.github.x402sessions.stellar.rpc.RpcException;
import io.github.x402sessions.stellar.transfer.LedgerRange;
import io.github.x402sessions.stellar.transfer.SpenderHistory;
import io.github.x402sessions.stellar.transfer.SpenderTransfer;
import io.github.x402sessions.stellar.transfer.TouchedAllowances;

/**
 * Finds transfers that the spender has made and the books lack: the books were put back
 * from a backup or have lost their end, or somebody else has the spender's key. A
 * transfer is in the books before it is sent, so one that they lack they always will.
 * <p>
 * A search costs one question for 200 payers, and one for a dozen of those whose
 * allowance was written since the last search or has ended. Not thread-safe: it remembers
 * who lets the spender spend.
 */
public final class MissingTransfers {

	/** Nodes of one pool differ by a few ledgers. */
	private static final long LAG = 12;

	/** A network that has begun a few minutes ago may be left behind by one node. */
	private static final long FEW = 100;

	/** Sessions read in one statement. */
	private static final int AT_ONCE = 1_000;

	private final RecordedSessions sessions;

	private final SpenderHistory history;

	private final ChainSearch search;

	/** By asset. */
	private final Map<String, Set<String>> payers = new HashMap<>();

	/** What the last search has found out, by asset. */
	private final Map<String, TouchedAllowances> looked = new HashMap<>();

	private long approvedUpTo;

	/**
	 * Create it.
	 * @param sessions the sessions in the books
	 * @param history reads the chain
	 * @param search knows what is in the books
	 */
	public MissingTransfers(RecordedSessions sessions, SpenderHistory history, ChainSearch search) {
		this.sessions = sessions;
		this.history = history;
		this.search = search;
	}

	/**
	 * Search the chain.
	 * @param after the ledger after which the search begins; one that the node does not
	 * remember any more is its oldest
	 * @param missing hears of what the books lack
	 * @return the ledger up to which the chain was searched
	 * @throws RpcException if the node does not say, or is behind that ledger; caused by
	 * an {@link OtherLedgerException} if it has not seen half of the ledgers up to that
	 * one
	 */
	long find(long after, Consumer<SpenderTransfer> missing) {
		LedgerRange range = this.history.range();
		if (after > FEW && range.latest() < after / 2) {
			OtherLedgerException why = new OtherLedgerException(range.latest(), after);
			throw new RpcException(String.valueOf(why.getMessage()), why);
		}
		if (after > range.latest() + LAG) {
			throw new RpcException("the latest ledger of the Stellar RPC is " + range.latest()
					+ ", and the books have seen " + after + ": it is behind, or its network has begun anew", null);
		}
		forget(after);
		long from = Math.max(range.oldest(), after + 1);
		if (from > range.latest()) {
			return after;
		}
		learnPayers(range, from);
		long latest = Math.min(range.latest(), this.approvedUpTo);
		for (Map.Entry<String, Set<String>> asset : this.payers.entrySet()) {
			latest = Math.min(latest, find(asset.getKey(), asset.getValue(), from, missing));
		}
		return Math.max(after, latest);
	}

	/**
	 * The first time, whose sessions in the books had not ended before, and whoever has
	 * approved in the node's memory; then, who has approved since: nobody else can be
	 * taken from.
	 */
	private void learnPayers(LedgerRange range, long from) {
		if (this.approvedUpTo == 0) {
			List<Expiry> expiries = this.sessions.expiriesAfter(new Expiry(from, "", ""), AT_ONCE);
			while (!expiries.isEmpty()) {
				expiries.forEach((expiry) -> learn(expiry.asset(), expiry.payer()));
				expiries = this.sessions.expiriesAfter(expiries.get(expiries.size() - 1), AT_ONCE);
			}
		}
		if (this.approvedUpTo < range.latest()) {
			this.approvedUpTo = this.history.payers(Math.max(range.oldest(), this.approvedUpTo + 1), this::learn);
		}
	}

	private void learn(String asset, String payer) {
		this.payers.computeIfAbsent(asset, (added) -> new HashSet<>()).add(payer);
	}

	/**
	 * Whoever has no allowance is looked at once more, and forgotten until the next as
	 * soon as what was found then is written down.
	 */
	private void forget(long searched) {
		this.looked.forEach((asset, touched) -> {
			Set<String> known = this.payers.get(asset);
			if (known != null && searched >= touched.ledger()) {
				known.removeAll(touched.gone());
			}
		});
		this.looked.clear();
	}

	private long find(String asset, Set<String> payers, long from, Consumer<SpenderTransfer> missing) {
		TouchedAllowances touched = this.history.touched(asset, payers, from);
		long latest = Math.min(touched.ledger(), Math.min(search(asset, from, touched.written(), missing),
				search(asset, from, touched.gone(), missing)));
		if (touched.ledger() >= this.approvedUpTo) {
			this.looked.put(asset, touched);
		}
		return latest;
	}

	private long search(String asset, long from, Collection<String> payers, Consumer<SpenderTransfer> missing) {
		return this.history.transactions(asset, from, payers, (event) -> {
			SpenderTransfer transfer = this.search.isKnown(event.transaction()) ? null : this.history.transfer(event);
			if (transfer != null && !this.search.isKnown(transfer.transaction())) {
				missing.accept(transfer);
			}
		});
	}

}
