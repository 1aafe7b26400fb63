package io.github.x402sessions.facilitator.operations;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

import io.github.x402sessions.facilitator.event.delivery.EventBacklog;
import org.jspecify.annotations.Nullable;

/**
 * What waits for the receivers of events, as it was at most 15 seconds ago: however many
 * figures are asked for, the books are read once. Thread-safe.
 */
final class RecentBacklogs {

	private static final long FRESH = Duration.ofSeconds(15).toNanos();

	private final Supplier<List<EventBacklog>> books;

	private final ReentrantLock lock = new ReentrantLock();

	private @Nullable List<EventBacklog> latest;

	private long read;

	/**
	 * Create it.
	 * @param books reads what waits now
	 */
	RecentBacklogs(Supplier<List<EventBacklog>> books) {
		this.books = books;
	}

	/** Return what waits for each receiver. */
	List<EventBacklog> get() {
		this.lock.lock();
		try {
			List<EventBacklog> known = this.latest;
			if (known == null || System.nanoTime() - this.read > FRESH) {
				known = this.books.get();
				this.latest = known;
				this.read = System.nanoTime();
			}
			return known;
		}
		finally {
			this.lock.unlock();
		}
	}

}
