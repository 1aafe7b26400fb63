package io.github.x402sessions.stellar.transfer;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

import io.github.x402sessions.stellar.balance.AllowanceKey;
import io.github.x402sessions.stellar.rpc.EventPage;
import io.github.x402sessions.stellar.rpc.LatestLedger;
import io.github.x402sessions.stellar.rpc.LedgerEntries;
import io.github.x402sessions.stellar.rpc.RpcException;
import io.github.x402sessions.stellar.rpc.StellarRpc;
import io.github.x402sessions.stellar.xdr.CallEnvelope;
import io.github.x402sessions.stellar.xdr.Xdr;
import org.jspecify.annotations.Nullable;
import org.stellar.sdk.Network;
import org.stellar.sdk.scval.Scv;
import org.stellar.sdk.xdr.SCVal;

/**
 * Reads from the chain who lets the spender spend and what the spender has transferred,
 * as far back as the node remembers. A transfer does not tell who has spent it: those of
 * payers are read whose allowance was written, and of each that is not known its
 * transaction. Thread-safe.
 */
public final class SpenderHistory {

	private static final String ANY = "*";

	/** As many ledger entries as a node gives in one answer. */
	private static final int ALLOWANCES_AT_ONCE = 200;

	/** What a node with a full memory forgets, and nodes of one pool are apart. */
	private static final long FORGETTING = 12;

	private final StellarRpc rpc;

	private final TransferReader reader;

	private final List<String> assets;

	private final String spender;

	private final Network network;

	/**
	 * Create it.
	 * @param rpc the node that knows transactions
	 * @param reader reads transactions
	 * @param assets the contracts of the assets
	 * @param spender the spender's address
	 * @param passphrase the network's passphrase, which every hash covers
	 */
	public SpenderHistory(StellarRpc rpc, TransferReader reader, List<String> assets, String spender,
			String passphrase) {
		this.rpc = rpc;
		this.reader = reader;
		this.assets = List.copyOf(assets);
		this.spender = spender;
		this.network = new Network(passphrase);
	}

	/**
	 * Return which ledgers the node remembers.
	 * @return the ledgers
	 * @throws RpcException if the node does not say
	 */
	public LedgerRange range() {
		LatestLedger latest = this.rpc.latestLedger();
		return new LedgerRange(latest.oldest(), latest.sequence());
	}

	/**
	 * Find who has let the spender spend.
	 * @param from the first ledger
	 * @param payers hears of each the asset and the address, some more than once
	 * @return the last ledger up to which the node has answered
	 * @throws RpcException if the node does not say
	 */
	public long payers(long from, BiConsumer<String, String> payers) {
		List<String> approved = List.of(symbol("approve"), ANY, address(this.spender), ANY);
		long latest = Long.MAX_VALUE;
		for (String asset : this.assets) {
			latest = Math.min(latest, read(asset, List.of(approved), from, (event) -> {
				String payer = party(event);
				if (payer != null) {
					payers.accept(asset, payer);
				}
			}));
		}
		return latest;
	}

	/**
	 * Leave out of whom the spender has not taken anything: every transfer writes the
	 * allowance.
	 * @param asset the asset's contract
	 * @param payers the payers' addresses
	 * @param from the first ledger of interest
	 * @return the others
	 * @throws RpcException if the node does not say
	 */
	public TouchedAllowances touched(String asset, Collection<String> payers, long from) {
		Set<String> written = new HashSet<>();
		Set<String> gone = new HashSet<>();
		long ledger = Long.MAX_VALUE;
		for (List<String> some : parts(List.copyOf(payers), ALLOWANCES_AT_ONCE)) {
			Map<String, String> keys = new HashMap<>();
			some.forEach((payer) -> keys.put(payer, new AllowanceKey(asset, payer, this.spender).ledgerKey()));
			LedgerEntries entries = this.rpc.entries(keys.values());
			ledger = Math.min(ledger, entries.latestLedger());
			keys.forEach((payer, key) -> {
				Long last = entries.written().get(key);
				if (last == null) {
					gone.add(payer);
				}
				else if (last >= from) {
					written.add(payer);
				}
			});
		}
		return new TouchedAllowances(written, gone, ledger);
	}

	/**
	 * Find the transactions that have moved something of payers, whoever made them.
	 * @param asset the asset's contract
	 * @param from the first ledger
	 * @param payers the payers' addresses
	 * @param transactions hears of each, those of some payers after those of others
	 * @return the last ledger up to which the node has answered
	 * @throws RpcException if the node does not say
	 */
	public long transactions(String asset, long from, Collection<String> payers,
			Consumer<EventPage.Event> transactions) {
		long latest = Long.MAX_VALUE;
		for (List<List<String>> topics : parts(moved(payers), StellarRpc.MOST_TOPICS)) {
			latest = Math.min(latest, read(asset, topics, from, transactions));
		}
		return latest;
	}

	/**
	 * Read a transfer of the spender: a call of the asset itself in the spender's name,
	 * which nobody can make without the spender's signature. What another contract does
	 * when it is given the spender's name says nothing.
	 * @param event what an asset told of a transaction
	 * @return what was transferred; {@code null} if the spender did not do it
	 * @throws RpcException if the node does not say, or not yet
	 */
	public @Nullable SpenderTransfer transfer(EventPage.Event event) {
		String envelope = this.rpc.transaction(event.transaction()).envelope();
		if (envelope == null) {
			throw new RpcException("the Stellar RPC does not know a transaction whose events it tells", null);
		}
		Transfer transfer = this.reader.readOf(this.spender, envelope);
		if (transfer == null || !this.assets.contains(transfer.asset()) || !transfer.from().equals(party(event))) {
			return null;
		}
		CallEnvelope read = CallEnvelope.of(envelope);
		String inner = (read != null) ? read.innerHash(event.transaction(), this.network) : null;
		return new SpenderTransfer((inner != null) ? inner : event.transaction(), event.ledger(), transfer);
	}

	/** What goes to the issuer is burnt. */
	private static List<List<String>> moved(Collection<String> payers) {
		List<List<String>> topics = new ArrayList<>();
		payers.forEach((payer) -> {
			topics.add(List.of(symbol("transfer"), address(payer), ANY, ANY));
			topics.add(List.of(symbol("burn"), address(payer), ANY));
		});
		return topics;
	}

	private static <T> List<List<T>> parts(List<T> all, int size) {
		List<List<T>> parts = new ArrayList<>();
		for (int first = 0; first < all.size(); first += size) {
			parts.add(all.subList(first, Math.min(all.size(), first + size)));
		}
		return parts;
	}

	private long read(String asset, List<List<String>> topics, long from, Consumer<EventPage.Event> events) {
		EventPage page = firstPage(asset, topics, from);
		while (true) {
			page.events().forEach(events);
			if (page.isLast()) {
				return page.latestLedger();
			}
			page = this.rpc.events(asset, topics, 0, page.cursor());
		}
	}

	/** A node refuses to begin with a ledger that it has forgotten meanwhile. */
	private EventPage firstPage(String asset, List<List<String>> topics, long from) {
		long start = remembered(from);
		try {
			return this.rpc.events(asset, topics, start, null);
		}
		catch (RpcException ex) {
			long later = remembered(from);
			if (later == start) {
				throw ex;
			}
			return this.rpc.events(asset, topics, later, null);
		}
	}

	/**
	 * Return the ledger itself, or if the node has forgotten it, one that it does not
	 * forget next.
	 */
	private long remembered(long ledger) {
		LedgerRange range = range();
		return (ledger >= range.oldest()) ? ledger : Math.min(range.oldest() + FORGETTING, range.latest());
	}

	/** Return whose tokens an event is about; the first topic is the event's name. */
	private static @Nullable String party(EventPage.Event event) {
		return (event.topics().size() < 2) ? null
				: Xdr.read(event.topics().get(1), (base64) -> Scv.fromAddress(SCVal.fromXdrBase64(base64)).toString());
	}

	private static String symbol(String name) {
		return write(Scv.toSymbol(name));
	}

	private static String address(String address) {
		return write(Scv.toAddress(address));
	}

	private static String write(SCVal value) {
		try {
			return value.toXdrBase64();
		}
		catch (IOException ex) {
			throw new IllegalStateException("writing to memory does not fail", ex);
		}
	}

}
