package io.github.x402sessions.stellar.rpc;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.LongSupplier;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Several nodes of which one is asked, until it fails and the next takes its place, or
 * its ledger stands still and one that is ahead does. Sending to another what one may
 * have taken is safe: the bytes are the same. Thread-safe.
 */
public final class FailoverRpc extends DelegatingRpc {

	private static final Logger logger = LoggerFactory.getLogger(FailoverRpc.class);

	private final List<StellarRpc> nodes;

	private final LedgerProgress progress;

	private final AtomicInteger current = new AtomicInteger();

	/**
	 * Create it.
	 * @param nodes the nodes, the first to ask first
	 * @param standstill how long a node's latest ledger may be the same while another's
	 * goes on
	 */
	public FailoverRpc(List<? extends StellarRpc> nodes, Duration standstill) {
		this(nodes, standstill, System::nanoTime);
	}

	FailoverRpc(List<? extends StellarRpc> nodes, Duration standstill, LongSupplier nanos) {
		this.nodes = List.copyOf(nodes);
		this.progress = new LedgerProgress(standstill, nanos);
	}

	@Override
	public List<StellarRpc> nodes() {
		return this.nodes;
	}

	@Override
	public LatestLedger latestLedger() {
		LatestLedger latest = super.latestLedger();
		watch(latest.sequence());
		return latest;
	}

	@Override
	public TransactionLookup transaction(String hash) {
		TransactionLookup found = super.transaction(hash);
		watch(found.latestLedger());
		return found;
	}

	@Override
	protected <T> T ask(Function<StellarRpc, T> question) {
		RpcException failure = new RpcException("there is no Stellar RPC to ask", null);
		for (int tried = 0; tried < this.nodes.size(); tried++) {
			int asked = this.current.get();
			try {
				return question.apply(this.nodes.get(asked));
			}
			catch (RpcException ex) {
				if (ex.isOfTheCall()) {
					throw ex;
				}
				failure = ex;
				turn(asked, (asked + 1) % this.nodes.size(), ex.getMessage());
			}
		}
		throw failure;
	}

	private void watch(long sequence) {
		if (this.progress.standsStill(sequence)) {
			turnToOneAhead(sequence);
		}
	}

	/** Where none is ahead it is the network that stands still. */
	private void turnToOneAhead(long sequence) {
		int asked = this.current.get();
		int best = asked;
		long highest = sequence;
		for (int node = 0; node < this.nodes.size(); node++) {
			long height = (node != asked) ? height(node) : sequence;
			if (height > highest) {
				best = node;
				highest = height;
			}
		}
		this.progress.beginAt(highest);
		if (best != asked) {
			turn(asked, best, "the ledger of the one before stands still at " + sequence);
		}
	}

	private long height(int node) {
		try {
			return this.nodes.get(node).latestLedger().sequence();
		}
		catch (RpcException ex) {
			return 0;
		}
	}

	private void turn(int from, int to, @Nullable String reason) {
		if (this.current.compareAndSet(from, to)) {
			logger.warn("Stellar RPC {} of {} is asked from now on: {}", to + 1, this.nodes.size(), reason);
		}
	}

}
