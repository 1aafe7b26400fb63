package io.github.x402sessions.stellar.rpc;

import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

import org.jspecify.annotations.Nullable;

/**
 * Height of the ledger, not asked for with every payment: one answer serves all callers
 * until it is too old, a failure too. Thread-safe.
 */
public final class LedgerClock {

	private final StellarRpc rpc;

	private final long maxAgeNanos;

	private final LongSupplier nanos;

	private final ReentrantLock refreshing = new ReentrantLock();

	private volatile @Nullable Reading last;

	/**
	 * Create a clock.
	 * @param rpc the node to ask
	 * @param maxAge how long an answer is used
	 */
	public LedgerClock(StellarRpc rpc, Duration maxAge) {
		this(rpc, maxAge, System::nanoTime);
	}

	LedgerClock(StellarRpc rpc, Duration maxAge, LongSupplier nanos) {
		this.rpc = rpc;
		this.maxAgeNanos = maxAge.toNanos();
		this.nanos = nanos;
	}

	/**
	 * Return the latest ledger, at most the maximum age old.
	 * @return the ledger
	 * @throws RpcException if the node does not say
	 */
	public LatestLedger latest() {
		Reading reading = fresh();
		return ((reading != null) ? reading : refresh()).get();
	}

	/**
	 * Return the latest ledger, at most the maximum age old, with its close time moved on
	 * by the age of the answer: about the network's time now.
	 * @return the ledger; where the node does not give its close time, that stays 0
	 * @throws RpcException if the node does not say
	 */
	public LatestLedger aged() {
		Reading reading = fresh();
		Reading used = (reading != null) ? reading : refresh();
		LatestLedger ledger = used.get();
		long age = Duration.ofNanos(this.nanos.getAsLong() - used.at()).toSeconds();
		return (ledger.closeTime() > 0) ? new LatestLedger(ledger.sequence(), ledger.closeTime() + age, ledger.oldest())
				: ledger;
	}

	/**
	 * Return the latest ledger as of now.
	 * @return the ledger
	 * @throws RpcException if the node does not say
	 */
	public LatestLedger now() {
		Reading reading = read();
		this.last = reading;
		return reading.get();
	}

	private Reading refresh() {
		this.refreshing.lock();
		try {
			Reading reading = fresh();
			if (reading == null) {
				reading = read();
				this.last = reading;
			}
			return reading;
		}
		finally {
			this.refreshing.unlock();
		}
	}

	private @Nullable Reading fresh() {
		Reading reading = this.last;
		return (reading != null && this.nanos.getAsLong() - reading.at() < this.maxAgeNanos) ? reading : null;
	}

	private Reading read() {
		try {
			LatestLedger ledger = this.rpc.latestLedger();
			return new Reading(ledger, null, this.nanos.getAsLong());
		}
		catch (RpcException ex) {
			return new Reading(null, ex, this.nanos.getAsLong());
		}
	}

	private record Reading(@Nullable LatestLedger ledger, @Nullable RpcException failure, long at) {

		LatestLedger get() {
			if (this.ledger == null) {
				throw new RpcException("the height of the ledger is not known", this.failure);
			}
			return this.ledger;
		}

	}

}
