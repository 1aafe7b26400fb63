package io.github.x402sessions.facilitator.chain;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

import io.github.x402sessions.facilitator.rpc.EventPage;
import io.github.x402sessions.facilitator.rpc.LatestLedger;
import io.github.x402sessions.facilitator.rpc.RpcException;
import io.github.x402sessions.facilitator.rpc.StellarRpc;
import org.jspecify.annotations.Nullable;
import org.stellar.sdk.scval.Scv;
import org.stellar.sdk.xdr.SCVal;

/**
 * Reads from the chain who lets the spender spend and what the spender has transferred,
 * as far back as the node remembers. A transfer does not tell who has spent it: those of
 * the payers are read, and of each that is not known its transaction. Thread-safe.
 */
public final class SpenderHistory {

	private static final String ANY = "*";

	private static final int TOPICS_AT_ONCE = 5;

	/** More payers than that are told from others here, not by the node. */
	private static final int PAYERS_ASKED_FOR = 100;

	private final StellarRpc rpc;

	private final TransferReader reader;

	private final List<String> assets;

	private final String spender;

	/**
	 * Create it.
	 * @param rpc the node that knows transactions
	 * @param reader reads transactions
	 * @param assets the contracts of the assets
	 * @param spender the spender's address
	 */
	public SpenderHistory(StellarRpc rpc, TransferReader reader, List<String> assets, String spender) {
		this.rpc = rpc;
		this.reader = reader;
		this.assets = List.copyOf(assets);
		this.spender = spender;
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
	 * @param payers hears their addresses, some more than once
	 * @return the last ledger up to which the node has answered
	 * @throws RpcException if the node does not say
	 */
	public long payers(long from, Consumer<String> payers) {
		List<String> approved = List.of(symbol("approve"), ANY, address(this.spender), ANY);
		long latest = Long.MAX_VALUE;
		for (String asset : this.assets) {
			latest = Math.min(latest, read(asset, List.of(approved), from, (event) -> {
				String payer = party(event);
				if (payer != null) {
					payers.accept(payer);
				}
			}));
		}
		return latest;
	}

	/**
	 * Find the transactions that have moved something of payers, whoever made them.
	 * @param from the first ledger
	 * @param payers the payers' addresses
	 * @param transactions hears of each, in the order of their ledgers for each asset
	 * @return the last ledger up to which the node has answered
	 * @throws RpcException if the node does not say
	 */
	public long transactions(long from, Set<String> payers, Consumer<EventPage.Event> transactions) {
		long latest = Long.MAX_VALUE;
		for (String asset : this.assets) {
			for (List<List<String>> topics : topics(payers)) {
				latest = Math.min(latest, read(asset, topics, from, (event) -> {
					if (payers.contains(party(event))) {
						transactions.accept(event);
					}
				}));
			}
		}
		return latest;
	}

	/**
	 * Read a transfer of the spender: a call of the asset itself in the spender's name,
	 * which nobody can make without the spender's signature. What another contract does
	 * when it is given the spender's name says nothing.
	 * @param event what an asset told of a transaction
	 * @return what was transferred; {@code null} if the spender did not do it, or the
	 * node does not know the transaction
	 * @throws RpcException if the node does not say
	 */
	public @Nullable Transfer transfer(EventPage.Event event) {
		String envelope = this.rpc.transaction(event.transaction()).envelope();
		Transfer transfer = (envelope != null) ? this.reader.readOf(this.spender, envelope) : null;
		return (transfer != null && this.assets.contains(transfer.asset()) && transfer.from().equals(party(event)))
				? transfer : null;
	}

	/** What goes to the issuer is burnt. */
	private static List<List<List<String>>> topics(Set<String> payers) {
		List<List<String>> all = new ArrayList<>();
		if (payers.size() > PAYERS_ASKED_FOR) {
			all.add(List.of(symbol("transfer"), ANY, ANY, ANY));
			all.add(List.of(symbol("burn"), ANY, ANY));
		}
		else {
			payers.forEach((payer) -> {
				all.add(List.of(symbol("transfer"), address(payer), ANY, ANY));
				all.add(List.of(symbol("burn"), address(payer), ANY));
			});
		}
		List<List<List<String>>> parts = new ArrayList<>();
		for (int first = 0; first < all.size(); first += TOPICS_AT_ONCE) {
			parts.add(all.subList(first, Math.min(all.size(), first + TOPICS_AT_ONCE)));
		}
		return parts;
	}

	private long read(String asset, List<List<String>> topics, long from, Consumer<EventPage.Event> events) {
		EventPage page = this.rpc.events(asset, topics, from, null);
		while (true) {
			page.events().forEach(events);
			if (page.isLast()) {
				return page.latestLedger();
			}
			page = this.rpc.events(asset, topics, 0, page.cursor());
		}
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
