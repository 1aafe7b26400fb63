package io.github.x402sessions.facilitator.reconcile;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;

import io.github.x402sessions.facilitator.chain.LedgerRange;
import io.github.x402sessions.facilitator.chain.SpenderHistory;
import io.github.x402sessions.facilitator.chain.Transfer;
import io.github.x402sessions.facilitator.rpc.EventPage;
import io.github.x402sessions.facilitator.rpc.RpcException;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Finds transfers that the spender has made and the books lack: the books were put back
 * from a backup or have lost their end, or somebody else has the spender's key. A
 * transfer is in the books before it is sent, so one that they lack they always will. Not
 * thread-safe: it remembers who lets the spender spend.
 */
public final class MissingTransfers {

	private static final int AT_ONCE = 1_000;

	private final JdbcClient jdbc;

	private final SpenderHistory history;

	private final ChainSearch search;

	private final Set<String> payers = new HashSet<>();

	private long approvedUpTo;

	/**
	 * Create it.
	 * @param jdbc the books
	 * @param history reads the chain
	 * @param search knows what is in the books
	 */
	public MissingTransfers(JdbcClient jdbc, SpenderHistory history, ChainSearch search) {
		this.jdbc = jdbc;
		this.history = history;
		this.search = search;
	}

	/**
	 * Search the chain.
	 * @param after the ledger after which the search begins; one that the node does not
	 * remember any more is its oldest
	 * @param missing hears of what the books lack
	 * @return the ledger up to which the chain was searched
	 * @throws RpcException if the node does not say
	 */
	long find(long after, BiConsumer<EventPage.Event, Transfer> missing) {
		LedgerRange range = this.history.range();
		long from = Math.max(range.oldest(), after + 1);
		if (from > range.latest()) {
			return after;
		}
		long latest = Math.min(range.latest(), learnPayers(Math.max(range.oldest(), this.approvedUpTo + 1)));
		latest = Math.min(latest, this.history.transactions(from, this.payers, (event) -> {
			if (!this.search.isKnown(event.transaction())) {
				Transfer transfer = this.history.transfer(event);
				if (transfer != null) {
					missing.accept(event, transfer);
				}
			}
		}));
		return latest;
	}

	/** The first time, whoever has approved in the node's memory; then, who has since. */
	private long learnPayers(long from) {
		this.approvedUpTo = this.history.payers(from, this.payers::add);
		List<Expiry> expiries = after(new Expiry(from, ""));
		while (!expiries.isEmpty()) {
			expiries.forEach((expiry) -> this.payers.add(expiry.payer()));
			expiries = after(expiries.get(expiries.size() - 1));
		}
		return this.approvedUpTo;
	}

	private List<Expiry> after(Expiry last) {
		return this.jdbc.sql("""
				select distinct expiration_ledger, payer from payment_session
				where (expiration_ledger, payer) > (:ledger, :payer) order by expiration_ledger, payer limit :count""")
			.param("ledger", last.ledger())
			.param("payer", last.payer())
			.param("count", AT_ONCE)
			.query((row, number) -> new Expiry(row.getLong("expiration_ledger"), row.getString("payer")))
			.list();
	}

	/**
	 * When sessions of a payer end.
	 *
	 * @param ledger their last ledger
	 * @param payer whose they are
	 */
	private record Expiry(long ledger, String payer) {
	}

}
