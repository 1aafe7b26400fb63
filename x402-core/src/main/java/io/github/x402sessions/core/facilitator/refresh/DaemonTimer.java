package io.github.x402sessions.core.facilitator.refresh;

import java.time.Duration;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;

/**
 * A timer on one daemon thread.
 */
final class DaemonTimer implements RefreshTimer {

	/** How long a task that is on its way may take before it is interrupted. */
	private static final Duration GRACE = Duration.ofSeconds(2);

	/** How long a task may take once it was interrupted. */
	private static final Duration LEAVE = Duration.ofSeconds(1);

	private final ScheduledThreadPoolExecutor executor;

	/** The thread that runs the tasks, once there was one. */
	private volatile @Nullable Thread thread;

	DaemonTimer(String threadName) {
		this.executor = new ScheduledThreadPoolExecutor(1, (task) -> {
			Thread thread = new Thread(task, threadName);
			thread.setDaemon(true);
			this.thread = thread;
			return thread;
		}, new ThreadPoolExecutor.DiscardPolicy());
		this.executor.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
	}

	@Override
	@SuppressWarnings("FutureReturnValueIgnored")
	public void after(Duration delay, Runnable task) {
		this.executor.schedule(() -> run(task), delay.toMillis(), TimeUnit.MILLISECONDS);
	}

	/** What is due would still be run after the end, if not for this. */
	private void run(Runnable task) {
		if (!this.executor.isShutdown()) {
			task.run();
		}
	}

	/**
	 * A task that is on its way is let end: interrupted at once, it would not keep what
	 * it has just told. One that closes its own timer ends later.
	 */
	@Override
	public void close() {
		this.executor.shutdown();
		if (Thread.currentThread() != this.thread) {
			awaitEnd();
		}
	}

	private void awaitEnd() {
		try {
			if (!this.executor.awaitTermination(GRACE.toMillis(), TimeUnit.MILLISECONDS)) {
				this.executor.shutdownNow();
				this.executor.awaitTermination(LEAVE.toMillis(), TimeUnit.MILLISECONDS);
			}
		}
		catch (InterruptedException ex) {
			this.executor.shutdownNow();
			Thread.currentThread().interrupt();
		}
	}

}
