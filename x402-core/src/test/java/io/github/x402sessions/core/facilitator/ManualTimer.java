package io.github.x402sessions.core.facilitator;

import java.time.Duration;

/**
 * A timer that runs its task when the test says so.
 */
final class ManualTimer implements RefreshTimer {

	Duration delay;

	int count;

	boolean closed;

	private Runnable task;

	@Override
	public void after(Duration delay, Runnable task) {
		this.delay = delay;
		this.count++;
		this.task = task;
	}

	void elapse() {
		this.task.run();
	}

	@Override
	public void close() {
		this.closed = true;
	}

}
