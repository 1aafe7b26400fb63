package io.github.x402sessions.core.facilitator.refresh;

import java.time.Duration;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * A timer on one daemon thread.
 */
final class DaemonTimer implements RefreshTimer {

	private final ScheduledThreadPoolExecutor executor;

	DaemonTimer(String threadName) {
		this.executor = new ScheduledThreadPoolExecutor(1, (task) -> {
			Thread thread = new Thread(task, threadName);
			thread.setDaemon(true);
			return thread;
		}, new ThreadPoolExecutor.DiscardPolicy());
	}

	@Override
	@SuppressWarnings("FutureReturnValueIgnored")
	public void after(Duration delay, Runnable task) {
		this.executor.schedule(task, delay.toMillis(), TimeUnit.MILLISECONDS);
	}

	@Override
	public void close() {
		this.executor.shutdownNow();
	}

}
