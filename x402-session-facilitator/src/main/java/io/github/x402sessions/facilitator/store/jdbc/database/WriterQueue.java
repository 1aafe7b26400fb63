package io.github.x402sessions.facilitator.store.jdbc.database;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import com.zaxxer.hikari.HikariDataSource;
import org.jspecify.annotations.Nullable;

import org.springframework.dao.CannotAcquireLockException;

/**
 * Queue of those who write to a database that has one writer at a time. SQLite itself
 * lets whoever asks at the right moment have its lock: one who writes all the time would
 * keep it from all others. Who waits has no connection. Thread-safe.
 */
final class WriterQueue {

	/** A caller rather hears that the books are busy. */
	private static final Duration LONGEST = Duration.ofSeconds(5);

	private static final LoadingCache<HikariDataSource, WriterQueue> QUEUES = Caffeine.newBuilder()
		.weakKeys()
		.build((dataSource) -> new WriterQueue(new ReentrantLock(true)));

	private static final WriterQueue NONE = new WriterQueue(null);

	private final @Nullable ReentrantLock turn;

	private WriterQueue(@Nullable ReentrantLock turn) {
		this.turn = turn;
	}

	static WriterQueue of(HikariDataSource dataSource, Dialect dialect) {
		return dialect.isShared() ? NONE : QUEUES.get(dataSource);
	}

	/**
	 * Wait for one's turn.
	 * @return what ends it
	 * @throws CannotAcquireLockException if it does not come in time
	 */
	Runnable await() {
		ReentrantLock lock = this.turn;
		if (lock == null) {
			return () -> {
			};
		}
		try {
			if (lock.tryLock(LONGEST.toNanos(), TimeUnit.NANOSECONDS)) {
				return lock::unlock;
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		throw new CannotAcquireLockException("others are writing");
	}

}
