package io.github.x402sessions.stellar.rpc;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;

/**
 * A pool of nodes, seen as one whose ledgers only ever go forward: behind one URL there
 * are often nodes that do not agree on the latest ledger. What is of an older ledger than
 * one that was seen before is asked for again, and a simulation that fails in an older
 * one has told nothing. Thread-safe.
 */
public final class MonotonicRpc extends DelegatingRpc {

	private static final int ATTEMPTS = 6;

	/** After this a network that goes on from a lower ledger is another one. */
	private static final long BELIEVED = Duration.ofMinutes(2).toNanos();

	private final StellarRpc pool;

	private final LongSupplier nanos;

	private final AtomicReference<Seen> latest;

	/**
	 * Create it.
	 * @param pool the nodes
	 */
	public MonotonicRpc(StellarRpc pool) {
		this(pool, System::nanoTime);
	}

	MonotonicRpc(StellarRpc pool, LongSupplier nanos) {
		this.pool = pool;
		this.nanos = nanos;
		this.latest = new AtomicReference<>(new Seen(new LatestLedger(0, 0, 0), nanos.getAsLong()));
	}

	@Override
	public List<StellarRpc> nodes() {
		return this.pool.nodes();
	}

	@Override
	protected <T> T ask(Function<StellarRpc, T> question) {
		return question.apply(this.pool);
	}

	@Override
	public LatestLedger latestLedger() {
		return see(this.pool.latestLedger());
	}

	@Override
	public TransactionLookup transaction(String hash) {
		TransactionLookup found = this.pool.transaction(hash);
		see(found.ledgers());
		return found;
	}

	/**
	 * Read ledger entries.
	 * @return those of the latest ledger there is an answer of, which may still be older
	 * than one seen before
	 */
	@Override
	public LedgerEntries entries(Collection<String> keys) {
		return newest(() -> this.pool.entries(keys), LedgerEntries::latestLedger);
	}

	@Override
	public Simulation simulate(String envelope) {
		Simulation simulation = newest(() -> this.pool.simulate(envelope),
				(tried) -> (tried.error() != null) ? tried.ledger() : Long.MAX_VALUE);
		if (simulation.error() != null && simulation.ledger() < height()) {
			throw new RpcException("the Stellar RPC simulates in a ledger that is not the latest", null);
		}
		return simulation;
	}

	private <T> T newest(Supplier<T> question, ToLongFunction<T> ledger) {
		T newest = question.get();
		for (int attempt = 1; attempt < ATTEMPTS && ledger.applyAsLong(newest) < height(); attempt++) {
			T again = question.get();
			newest = (ledger.applyAsLong(again) >= ledger.applyAsLong(newest)) ? again : newest;
		}
		return newest;
	}

	private long height() {
		return this.latest.get().ledger().sequence();
	}

	private LatestLedger see(LatestLedger ledger) {
		Seen seen = new Seen(ledger, this.nanos.getAsLong());
		return this.latest
			.accumulateAndGet(seen,
					(before, now) -> (now.ledger().sequence() >= before.ledger().sequence()
							|| now.at() - before.at() > BELIEVED) ? now : before)
			.ledger();
	}

	private record Seen(LatestLedger ledger, long at) {
	}

}
