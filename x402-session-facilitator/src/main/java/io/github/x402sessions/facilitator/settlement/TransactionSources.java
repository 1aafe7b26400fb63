package io.github.x402sessions.facilitator.settlement;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;

/**
 * Hands out the sources of transactions, to whoever waits longest. As many settlements
 * are on their way at once as there are sources. Thread-safe.
 */
public final class TransactionSources {

	private final BlockingQueue<TransactionSource> free = new LinkedBlockingQueue<>();

	private final Semaphore permits;

	/**
	 * Create the pool.
	 * @param addresses the accounts, which the signing key signs for
	 */
	public TransactionSources(List<String> addresses) {
		this.permits = new Semaphore(addresses.size(), true);
		addresses.forEach((address) -> this.free.add(new TransactionSource(address)));
	}

	/** Wait for a source; {@code null} if none was free in time. */
	@Nullable SourceLease lease(Duration patience) {
		try {
			if (!this.permits.tryAcquire(patience.toNanos(), TimeUnit.NANOSECONDS)) {
				return null;
			}
			return new SourceLease(this.free.take(), this::giveBack);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return null;
		}
	}

	/**
	 * Take a certain source, for a transaction of its that is already under way.
	 * @return the lease, or {@code null} if it is not one of ours or not free
	 */
	@Nullable SourceLease lease(String address) {
		if (!this.permits.tryAcquire()) {
			return null;
		}
		for (TransactionSource source : this.free) {
			if (source.address().equals(address) && this.free.remove(source)) {
				return new SourceLease(source, this::giveBack);
			}
		}
		this.permits.release();
		return null;
	}

	private void giveBack(TransactionSource source) {
		this.free.add(source);
		this.permits.release();
	}

}
