package io.github.x402sessions.facilitator.store.jdbc;

import java.util.Objects;
import java.util.function.Predicate;
import java.util.function.Supplier;

import io.github.x402sessions.facilitator.store.UnitOfWork;
import io.github.x402sessions.facilitator.store.UnitOfWorkException;

import org.springframework.transaction.TransactionException;
import org.springframework.transaction.support.TransactionOperations;

/**
 * A unit of work in one transaction of the database. Thread-safe.
 */
final class JdbcUnitOfWork implements UnitOfWork {

	private final TransactionOperations transactions;

	/**
	 * Create it.
	 * @param transactions the database's transactions
	 */
	JdbcUnitOfWork(TransactionOperations transactions) {
		this.transactions = transactions;
	}

	@Override
	public <T> T runIf(Supplier<T> steps, Predicate<? super T> kept) {
		try {
			return Objects.requireNonNull(this.transactions.execute((status) -> {
				T result = steps.get();
				if (!kept.test(result)) {
					status.setRollbackOnly();
				}
				return result;
			}));
		}
		catch (TransactionException ex) {
			throw new UnitOfWorkException(ex.getMessage(), ex);
		}
	}

}
