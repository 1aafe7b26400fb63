package io.github.x402sessions.facilitator.store;

import java.sql.SQLException;
import java.time.Duration;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import org.springframework.core.NestedExceptionUtils;
import org.springframework.core.retry.RetryPolicy;
import org.springframework.core.retry.RetryTemplate;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.support.TransactionCallback;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Runs the steps that belong together in one database transaction: all of them or none.
 * Where the database takes the transaction back because of somebody else's lock, a
 * deadlock or one held for too long, it is begun again, for a while; in between nothing
 * is held, no connection either. Whatever else fails goes to the caller, who has to take
 * it that a commit may have been carried out. Thread-safe.
 */
public final class UnitsOfWork implements TransactionOperations {

	/** Deadlock, serialization failure, and a lock not had within its time-out. */
	private static final Set<String> TAKEN_BACK = Set.of("40P01", "40001", "55P03");

	private static final Duration LONGEST = Duration.ofSeconds(5);

	private static final RetryPolicy POLICY = RetryPolicy.builder()
		.predicate(UnitsOfWork::isTakenBack)
		.maxRetries(Integer.MAX_VALUE)
		.timeout(LONGEST)
		.delay(Duration.ofMillis(20))
		.jitter(Duration.ofMillis(20))
		.multiplier(2)
		.maxDelay(Duration.ofMillis(500))
		.build();

	private final TransactionOperations transactions;

	private final RetryTemplate retries = new RetryTemplate(POLICY);

	/**
	 * Create the units of work.
	 * @param transactions the database's transactions
	 */
	public UnitsOfWork(TransactionOperations transactions) {
		this.transactions = transactions;
	}

	@Override
	public <T extends @Nullable Object> T execute(TransactionCallback<T> action) throws TransactionException {
		return this.retries.invoke(() -> this.transactions.execute(action));
	}

	private static boolean isTakenBack(Throwable failure) {
		return NestedExceptionUtils.getMostSpecificCause(failure) instanceof SQLException cause
				&& cause.getSQLState() != null && TAKEN_BACK.contains(cause.getSQLState());
	}

}
