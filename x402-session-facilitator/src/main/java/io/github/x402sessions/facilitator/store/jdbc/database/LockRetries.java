package io.github.x402sessions.facilitator.store.jdbc.database;

import java.sql.SQLException;
import java.time.Duration;
import java.util.Set;

import org.springframework.core.NestedExceptionUtils;
import org.springframework.core.retry.RetryOperations;
import org.springframework.core.retry.RetryPolicy;
import org.springframework.core.retry.RetryTemplate;
import org.springframework.transaction.TransactionSystemException;

/**
 * Begins again, for a while, what a database has taken back because of somebody else's
 * lock: a deadlock, or one held for too long. In between nothing is held, no connection
 * either.
 */
final class LockRetries {

	/** PostgreSQL: deadlock, serialization failure, a lock not had in time. */
	private static final Set<String> TAKEN_BACK = Set.of("40P01", "40001", "55P03");

	/** SQLite: somebody else writes, or holds a table. */
	private static final Set<Integer> LOCKED = Set.of(5, 6);

	private static final Duration LONGEST = Duration.ofSeconds(5);

	private static final RetryPolicy POLICY = RetryPolicy.builder()
		.predicate(LockRetries::isTakenBack)
		.maxRetries(Integer.MAX_VALUE)
		.timeout(LONGEST)
		.delay(Duration.ofMillis(20))
		.jitter(Duration.ofMillis(20))
		.multiplier(2)
		.maxDelay(Duration.ofMillis(500))
		.build();

	private LockRetries() {
	}

	static RetryOperations operations() {
		return new RetryTemplate(POLICY);
	}

	private static boolean isTakenBack(Throwable failure) {
		// The rollback fails where the connection was not kept; what matters came before.
		if (failure instanceof TransactionSystemException rollback && rollback.getApplicationException() != null) {
			return isTakenBack(rollback.getApplicationException());
		}
		if (!(NestedExceptionUtils.getMostSpecificCause(failure) instanceof SQLException cause)) {
			return false;
		}
		String state = cause.getSQLState();
		return (state != null) ? TAKEN_BACK.contains(state) : LOCKED.contains(cause.getErrorCode());
	}

}
