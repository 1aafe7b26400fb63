package io.github.x402sessions.facilitator.operations;

import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

/**
 * Something as it was read not long ago, so that however many figures ask for it, it is
 * read once; and not again for a second after it could not be. Thread-safe.
 *
 * @param <T> what is read
 */
final class RecentReading<T> {

	private static final Duration FAILED = Duration.ofSeconds(1);

	private final Supplier<T> source;

	private final Duration fresh;

	private final ReentrantLock lock = new ReentrantLock();

	private @Nullable Supplier<T> latest;

	private long end;

	/**
	 * Create it.
	 * @param fresh how long what was read is good
	 * @param source reads it now
	 */
	RecentReading(Duration fresh, Supplier<T> source) {
		this.fresh = fresh;
		this.source = source;
	}

	/**
	 * Return what was read.
	 * @throws RuntimeException what the source has thrown
	 */
	T get() {
		this.lock.lock();
		try {
			Supplier<T> known = this.latest;
			if (known == null || System.nanoTime() - this.end > 0) {
				known = read();
				this.latest = known;
			}
			return known.get();
		}
		finally {
			this.lock.unlock();
		}
	}

	private Supplier<T> read() {
		try {
			T value = this.source.get();
			this.end = System.nanoTime() + this.fresh.toNanos();
			return () -> value;
		}
		catch (RuntimeException ex) {
			this.end = System.nanoTime() + FAILED.toNanos();
			return () -> {
				throw ex;
			};
		}
	}

}
