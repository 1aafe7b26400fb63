package io.github.x402sessions.facilitator.store.jdbc.database;

import com.zaxxer.hikari.HikariDataSource;
import org.jspecify.annotations.Nullable;

import org.springframework.core.retry.RetryOperations;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.support.TransactionCallback;
import org.springframework.transaction.support.TransactionOperations;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Runs the steps that belong together in one database transaction: all of them or none.
 * Where the database takes the transaction back because of somebody else's lock, a
 * deadlock or one held for too long, it is begun again, for a while; in between nothing
 * is held, no connection either. Whatever else fails goes to the caller, who has to take
 * it that a commit may have been carried out. Within a transaction of the same database
 * they belong to that, which is begun again as a whole. Thread-safe.
 */
public final class RetriedTransactions implements TransactionOperations {

	private final TransactionOperations transactions;

	private final WriterQueue writers;

	private final HikariDataSource dataSource;

	private final RetryOperations retries = LockRetries.operations();

	/**
	 * Create them.
	 * @param transactions the database's transactions
	 * @param writers who else writes
	 * @param dataSource the database's connections
	 */
	RetriedTransactions(TransactionOperations transactions, WriterQueue writers, HikariDataSource dataSource) {
		this.dataSource = dataSource;
		this.transactions = transactions;
		this.writers = writers;
	}

	@Override
	public <T extends @Nullable Object> T execute(TransactionCallback<T> action) throws TransactionException {
		if (TransactionSynchronizationManager.hasResource(this.dataSource)) {
			return this.transactions.execute(action);
		}
		return this.retries.invoke(() -> {
			Runnable turn = this.writers.await();
			try {
				return this.transactions.execute(action);
			}
			finally {
				turn.run();
			}
		});
	}

}
