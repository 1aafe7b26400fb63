package io.github.x402sessions.facilitator.store.jdbc.database;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;

import org.jspecify.annotations.Nullable;

import org.springframework.aop.support.AopUtils;
import org.springframework.core.retry.RetryException;
import org.springframework.core.retry.RetryOperations;
import org.springframework.jdbc.core.JdbcOperations;
import org.springframework.jdbc.core.SqlProvider;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Begins a statement again that the database has taken back, where it is no part of a
 * unit of work: of those, {@link RetriedTransactions} begin all again. Thread-safe.
 */
final class SingleStatements implements InvocationHandler {

	private final JdbcOperations operations;

	private final WriterQueue writers;

	private final RetryOperations retries = LockRetries.operations();

	private SingleStatements(JdbcOperations operations, WriterQueue writers) {
		this.operations = operations;
		this.writers = writers;
	}

	/** Return the same operations, each of them begun again. */
	static JdbcOperations of(JdbcOperations operations, WriterQueue writers) {
		return (JdbcOperations) Proxy.newProxyInstance(SingleStatements.class.getClassLoader(),
				new Class<?>[] { JdbcOperations.class }, new SingleStatements(operations, writers));
	}

	@Override
	public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments) throws Throwable {
		Object[] given = (arguments != null) ? arguments : new Object[0];
		if (TransactionSynchronizationManager.isActualTransactionActive()) {
			return run(method, given);
		}
		try {
			return this.retries.execute(() -> isReading(given) ? run(method, given) : write(method, given));
		}
		catch (RetryException ex) {
			throw ex.getCause();
		}
	}

	private static boolean isReading(Object[] given) {
		return given.length > 0 && given[0] instanceof SqlProvider provider && provider.getSql() != null
				&& provider.getSql().stripLeading().startsWith("select");
	}

	private @Nullable Object run(Method method, Object[] given) throws Throwable {
		return AopUtils.invokeJoinpointUsingReflection(this.operations, method, given);
	}

	private @Nullable Object write(Method method, Object[] given) throws Throwable {
		Runnable turn = this.writers.await();
		try {
			return run(method, given);
		}
		finally {
			turn.run();
		}
	}

}
