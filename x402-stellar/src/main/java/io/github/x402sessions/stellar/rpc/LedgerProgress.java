package io.github.x402sessions.stellar.rpc;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;

/**
 * Notices that the latest ledger is the same for too long. Thread-safe.
 */
final class LedgerProgress {

	private final long longest;

	private final LongSupplier nanos;

	private final AtomicReference<Mark> highest;

	/**
	 * Create it.
	 * @param longest how long the latest ledger may be the same
	 * @param nanos the time
	 */
	LedgerProgress(Duration longest, LongSupplier nanos) {
		this.longest = longest.toNanos();
		this.nanos = nanos;
		this.highest = new AtomicReference<>(new Mark(0, nanos.getAsLong()));
	}

	/**
	 * Hear of the latest ledger.
	 * @return whether there was no higher one for too long; only one caller is told that,
	 * and the time begins anew
	 */
	boolean standsStill(long sequence) {
		Mark before = this.highest.get();
		long now = this.nanos.getAsLong();
		if (sequence > before.sequence()) {
			this.highest.compareAndSet(before, new Mark(sequence, now));
			return false;
		}
		return now - before.at() > this.longest && this.highest.compareAndSet(before, new Mark(before.sequence(), now));
	}

	/** Begin anew at a ledger, which is a lower one where the network was reset. */
	void beginAt(long sequence) {
		this.highest.set(new Mark(sequence, this.nanos.getAsLong()));
	}

	private record Mark(long sequence, long at) {
	}

}
