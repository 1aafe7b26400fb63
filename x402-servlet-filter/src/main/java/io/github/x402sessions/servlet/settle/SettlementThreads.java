package io.github.x402sessions.servlet.settle;

import java.util.concurrent.Executor;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The threads that settle beside handlers: as many as there are settlements in flight up
 * to a limit, beyond which a settlement is refused and runs on the request's thread. They
 * are daemons and end when idle, so they hold neither a container nor a process up.
 */
public final class SettlementThreads {

	private static final int MAX_THREADS = 256;

	private static final int IDLE_SECONDS = 30;

	private static final AtomicInteger count = new AtomicInteger();

	private SettlementThreads() {
	}

	public static Executor create() {
		return new ThreadPoolExecutor(0, MAX_THREADS, IDLE_SECONDS, TimeUnit.SECONDS, new SynchronousQueue<>(),
				(task) -> {
					Thread thread = new Thread(task, "x402-settlement-" + count.incrementAndGet());
					thread.setDaemon(true);
					return thread;
				});
	}

}
