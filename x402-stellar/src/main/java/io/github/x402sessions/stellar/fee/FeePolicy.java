package io.github.x402sessions.stellar.fee;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;

import io.github.x402sessions.stellar.rpc.RpcException;
import io.github.x402sessions.stellar.rpc.StellarRpc;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says what to bid for a place in a ledger, in stroops. A ledger charges all its
 * transactions its own price, so a bid above it costs nothing: the bid follows what nine
 * of ten calls bid of late, is raised tenfold for a while where a node refuses it as too
 * low, and never exceeds the operator's ceiling. Thread-safe.
 */
public final class FeePolicy {

	/** A hundred times the price of a ledger with room, so that a little rush is won. */
	public static final long LEAST = 10_000;

	private static final long RAISE = 10;

	private static final long STATS_MAX_AGE = Duration.ofSeconds(10).toNanos();

	private static final long RAISED_FOR = Duration.ofMinutes(2).toNanos();

	private static final Logger logger = LoggerFactory.getLogger(FeePolicy.class);

	private final StellarRpc rpc;

	private final long ceiling;

	private final LongSupplier nanos;

	private final AtomicReference<Bid> last;

	private final AtomicReference<Bid> raised;

	/**
	 * Create a policy.
	 * @param rpc the node that knows what others bid
	 * @param ceiling the most that is bid, stroops
	 */
	public FeePolicy(StellarRpc rpc, long ceiling) {
		this(rpc, ceiling, System::nanoTime);
	}

	FeePolicy(StellarRpc rpc, long ceiling, LongSupplier nanos) {
		this.rpc = rpc;
		this.ceiling = ceiling;
		this.nanos = nanos;
		Bid longAgo = new Bid(LEAST, nanos.getAsLong() - RAISED_FOR - 1);
		this.last = new AtomicReference<>(longAgo);
		this.raised = new AtomicReference<>(longAgo);
	}

	/**
	 * Return what to bid now.
	 * @return the bid, stroops
	 */
	public long bid() {
		Bid floor = this.raised.get();
		long least = (age(floor) < RAISED_FOR) ? floor.stroops() : LEAST;
		return Math.min(this.ceiling, Math.max(least, usual()));
	}

	/**
	 * Hear that a node refused a bid as too low.
	 */
	public void refused() {
		long more = Math.min(this.ceiling, bid() * RAISE);
		this.raised.set(new Bid(more, this.nanos.getAsLong()));
		logger.warn("The network asks for more than was bid; the bid is now {} stroops", more);
	}

	/** One caller asks for all; a node that does not say leaves it at what it was. */
	private long usual() {
		Bid known = this.last.get();
		if (age(known) < STATS_MAX_AGE || !this.last.compareAndSet(known, new Bid(known.stroops(), now()))) {
			return this.last.get().stroops();
		}
		try {
			this.last.set(new Bid(Math.max(0, this.rpc.inclusionFee()), now()));
		}
		catch (RpcException ex) {
			logger.warn("What others bid is not known: {}", ex.getMessage());
		}
		return this.last.get().stroops();
	}

	private long age(Bid bid) {
		return now() - bid.at();
	}

	private long now() {
		return this.nanos.getAsLong();
	}

	private record Bid(long stroops, long at) {
	}

}
