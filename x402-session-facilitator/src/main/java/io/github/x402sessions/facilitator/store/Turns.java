package io.github.x402sessions.facilitator.store;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;

import org.springframework.dao.CannotAcquireLockException;

/**
 * Turns by which those who are about to change the same row go to the database one after
 * the other, as the row would make them anyway. So a row that somebody holds on to keeps
 * one connection of this process waiting, not the pool. Thread-safe.
 */
public final class Turns {

	/** As long as the one before may wait for the row, and then oneself. */
	private static final Duration PATIENCE = Duration.ofSeconds(5);

	/** A lock is kept for as long as anybody holds it or waits for it. */
	private final LoadingCache<String, ReentrantLock> locks = Caffeine.newBuilder()
		.weakValues()
		.build((row) -> new ReentrantLock(true));

	/**
	 * Wait for one's turn and do something.
	 * @param <T> the type of the result
	 * @param row what is changed
	 * @param work what to do
	 * @return what came of it
	 * @throws CannotAcquireLockException if the turn does not come in time
	 */
	public <T> T take(String row, Supplier<T> work) {
		ReentrantLock lock = this.locks.get(row);
		await(lock);
		try {
			return work.get();
		}
		finally {
			lock.unlock();
		}
	}

	private static void await(ReentrantLock lock) {
		try {
			if (lock.tryLock(PATIENCE.toNanos(), TimeUnit.NANOSECONDS)) {
				return;
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		throw new CannotAcquireLockException("others are changing the same");
	}

}
