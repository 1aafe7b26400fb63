package io.github.x402sessions.core.payment;

import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The threads that settle apart from those of requests. They are daemons and end when
 * idle, so they hold neither a container nor a process up.
 */
public final class SettlementThreads {

	/** How many streams of one facilitator are settled at once. */
	public static final int STREAMS = 64;

	/** How long an idle thread lives, seconds. */
	public static final int IDLE_SECONDS = 30;

	private static final int MAX_THREADS = 256;

	private static final AtomicInteger count = new AtomicInteger();

	private SettlementThreads() {
	}

	/**
	 * Create those that settle beside handlers: as many as there are settlements in
	 * flight up to a limit, beyond which a settlement is refused and runs on the
	 * request's thread.
	 * @return an executor that refuses what is beyond the limit
	 */
	public static Executor create() {
		return new ThreadPoolExecutor(0, MAX_THREADS, IDLE_SECONDS, TimeUnit.SECONDS, new SynchronousQueue<>(),
				(task) -> daemon(task, "x402-settlement-" + count.incrementAndGet()));
	}

	/**
	 * Create those that settle the streams of one facilitator. More streams wait.
	 * @return an executor
	 */
	public static Executor ofStreams() {
		ThreadPoolExecutor threads = new ThreadPoolExecutor(STREAMS, STREAMS, IDLE_SECONDS, TimeUnit.SECONDS,
				new LinkedBlockingQueue<>(), (task) -> daemon(task, "x402-conclusion"));
		threads.allowCoreThreadTimeOut(true);
		return threads;
	}

	/**
	 * Create a thread that holds no process up.
	 * @param task what it runs
	 * @param name its name
	 * @return the thread, not started
	 */
	public static Thread daemon(Runnable task, String name) {
		Thread thread = new Thread(task, name);
		thread.setDaemon(true);
		return thread;
	}

}
