package io.github.x402sessions.facilitator.settlement.repository;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;

import org.springframework.dao.CannotAcquireLockException;

/**
 * Locks by which the callers of one account go to the database one after the other, as
 * its row would make them anyway. So a row that somebody holds on to keeps one connection
 * waiting, not the pool. Thread-safe.
 */
final class FundingLocks {

	/** As long as the one before may wait for the row, and then oneself. */
	private static final Duration PATIENCE = Duration.ofSeconds(5);

	/** A lock is kept for as long as anybody holds it or waits for it. */
	private final LoadingCache<String, ReentrantLock> locks = Caffeine.newBuilder()
		.weakValues()
		.build((account) -> new ReentrantLock(true));

	/**
	 * Wait for one's turn and do something.
	 * @param account the account's name in the store
	 * @param work what to do
	 * @return what came of it
	 * @throws CannotAcquireLockException if the turn does not come in time
	 */
	<T> T take(String account, Supplier<T> work) {
		ReentrantLock lock = this.locks.get(account);
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
		throw new CannotAcquireLockException("others are paying from this account");
	}

}
