package io.github.x402sessions.facilitator.reconcile;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

import io.github.x402sessions.facilitator.channel.ChannelKeys;
import io.github.x402sessions.facilitator.channel.ChannelLeases;
import io.github.x402sessions.facilitator.key.Spenders;
import io.github.x402sessions.stellar.balance.LedgerState;
import io.github.x402sessions.stellar.rpc.RpcException;
import io.github.x402sessions.stellar.rpc.StellarRpc;

/**
 * Finds accounts of ours whose sequence numbers the books do not know: they have made
 * transactions that the books lack. That is how books are told to have lost payments
 * where no node remembers the transfers, or their payers have signed them. An account
 * keeps its last number for ever and only its key can use one, so that no payer can bring
 * this about. Thread-safe.
 */
public final class UnrecordedSequences {

	/** An account begins with the ledger that created it, in the upper half. */
	private static final long BEGINNING = ~0xffff_ffffL;

	private final RecordedTransactions transactions;

	private final ChannelLeases channels;

	private final LedgerState chain;

	private final ChannelKeys keys;

	private final Spenders spenders;

	private final StellarRpc rpc;

	private final SpenderSearches searches;

	/**
	 * Create it.
	 * @param transactions the transactions in the books
	 * @param channels the channels that there ever were
	 * @param chain reads accounts
	 * @param keys the accounts that settlements have as source
	 * @param spenders the spenders, each of which may have been that before
	 * @param rpc knows how far back the node remembers
	 * @param searches know up to where transfers were looked for
	 */
	public UnrecordedSequences(RecordedTransactions transactions, ChannelLeases channels, LedgerState chain,
			ChannelKeys keys, Spenders spenders, StellarRpc rpc, SpenderSearches searches) {
		this.transactions = transactions;
		this.channels = channels;
		this.chain = chain;
		this.keys = keys;
		this.spenders = spenders;
		this.rpc = rpc;
		this.searches = searches;
	}

	/**
	 * Compare. Where the node has forgotten ledgers in which transfers were not looked
	 * for, each number tells something; otherwise those of channels do, once payers have
	 * transferred by them for themselves.
	 * @param unknown hears of each account
	 * @throws RpcException if the node does not say
	 */
	void find(Consumer<UnrecordedSequence> unknown) {
		long before = search().ledger();
		if (before > 0) {
			boolean forgotten = this.rpc.latestLedger().oldest() > before + 1;
			Map<String, Long> used = (forgotten || this.transactions.arePaidWithoutSessions()) ? used(forgotten)
					: Map.of();
			used.forEach((account, number) -> compare(account, number, before, forgotten, unknown));
		}
	}

	/**
	 * Let books that have seen no ledger yet begin with the numbers that channels have
	 * now.
	 * @throws RpcException if the node does not say
	 */
	void begin() {
		ChainSearch search = search();
		if (search.ledger() == 0) {
			used(false).forEach(search::accept);
		}
	}

	private ChainSearch search() {
		return this.searches.current().state();
	}

	/** Read the chain first: what is sent meanwhile is in the books before. */
	private Map<String, Long> used(boolean forgotten) {
		Map<String, Long> used = new LinkedHashMap<>();
		Set<String> sources = sources();
		if (!forgotten) {
			this.spenders.addresses().forEach(sources::remove);
		}
		if (!sources.isEmpty()) {
			this.chain.accounts(List.copyOf(sources))
				.forEach((address, account) -> used.put(address, account.sequence()));
		}
		return used;
	}

	/**
	 * The spender makes transactions of its own that are not in the books, for its
	 * channels, so that its numbers tell something only where there are none. Those of
	 * former ones do so, too: who has the key of one can still pay with it.
	 */
	private Set<String> sources() {
		Set<String> sources = new LinkedHashSet<>();
		this.keys.owners().forEach((owner) -> sources.addAll(this.channels.addresses(owner)));
		sources.addAll(this.keys.hasChannels() ? this.keys.addresses() : this.spenders.addresses());
		return sources;
	}

	private void compare(String account, long used, long before, boolean forgotten,
			Consumer<UnrecordedSequence> unknown) {
		long booked = this.transactions.highestNumber(account);
		long known = Math.max(booked, search().acceptedNumber(account));
		long transactions = used - Math.max(known, used & BEGINNING);
		if (transactions > 0 && (known > 0 || !this.spenders.contains(account))) {
			unknown.accept(new UnrecordedSequence(account, used, transactions, before, forgotten));
		}
	}

}
