package io.github.x402sessions.spring.answers;

import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

import io.github.x402sessions.core.payment.SettlementThreads;

/**
 * Makes calls that may hang on threads of their own, so that nobody waits for them longer
 * than a limit, whatever the time-outs of their driver and its pool are, and none is part
 * of a caller's transaction. What hangs takes the places of others, which are refused
 * after the same limit then. Thread-safe.
 */
final class BoundedCalls implements AutoCloseable {

	private static final int PLACES = 64;

	private final Semaphore places = new Semaphore(PLACES);

	private final ThreadPoolExecutor threads = new ThreadPoolExecutor(PLACES, PLACES, SettlementThreads.IDLE_SECONDS,
			TimeUnit.SECONDS, new LinkedBlockingQueue<>(), (task) -> SettlementThreads.daemon(task, "x402-answers"));

	BoundedCalls() {
		this.threads.allowCoreThreadTimeOut(true);
	}

	/**
	 * Make a call.
	 * @param limit how long the caller waits
	 * @throws TimeoutException if that is not long enough: the call may still have an
	 * effect
	 * @throws ExecutionException with what the call has thrown
	 */
	<T> T make(Duration limit, Supplier<T> call) throws TimeoutException, ExecutionException {
		long end = System.nanoTime() + limit.toNanos();
		FutureTask<T> task = new FutureTask<>(call::get);
		boolean interrupted = false;
		try {
			boolean placed = false;
			while (true) {
				try {
					if (!placed && !this.places.tryAcquire(end - System.nanoTime(), TimeUnit.NANOSECONDS)) {
						throw new TimeoutException("all calls before it hang");
					}
					if (!placed) {
						placed = true;
						start(task);
					}
					return task.get(Math.max(0, end - System.nanoTime()), TimeUnit.NANOSECONDS);
				}
				catch (InterruptedException ex) {
					interrupted = true;
				}
			}
		}
		catch (TimeoutException ex) {
			task.cancel(true);
			throw ex;
		}
		finally {
			if (interrupted) {
				Thread.currentThread().interrupt();
			}
		}
	}

	/** The place is free again when the call has ended, whoever still waits for it. */
	private void start(FutureTask<?> task) {
		this.threads.execute(() -> {
			try {
				task.run();
			}
			finally {
				this.places.release();
			}
		});
	}

	@Override
	public void close() {
		this.threads.shutdown();
	}

}
