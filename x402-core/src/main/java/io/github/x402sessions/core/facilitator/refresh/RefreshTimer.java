package io.github.x402sessions.core.facilitator.refresh;

import java.time.Duration;

/**
 * Runs tasks later, one at a time.
 */
public interface RefreshTimer extends AutoCloseable {

	/** Run a task after a delay; does nothing once closed. */
	void after(Duration delay, Runnable task);

	/**
	 * Drop what has not begun, and wait up to 3 seconds until a task that has begun
	 * ended: it is interrupted after two of them. A task that calls this is not waited
	 * for.
	 */
	@Override
	void close();

	/**
	 * Create a timer on one daemon thread.
	 * @param threadName the thread's name
	 * @return a timer that has to be closed
	 */
	static RefreshTimer daemon(String threadName) {
		return new DaemonTimer(threadName);
	}

}
