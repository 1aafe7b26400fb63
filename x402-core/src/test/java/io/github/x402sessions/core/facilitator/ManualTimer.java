package io.github.x402sessions.core.facilitator;

import java.time.Duration;

import io.github.x402sessions.core.facilitator.refresh.RefreshTimer;

/**
 * A timer that runs its task when the test says so.
 */
public final class ManualTimer implements RefreshTimer {

	public Duration delay;

	public int count;

	public boolean closed;

	private Runnable task;

	@Override
	public void after(Duration delay, Runnable task) {
		this.delay = delay;
		this.count++;
		this.task = task;
	}

	public void elapse() {
		this.task.run();
	}

	@Override
	public void close() {
		this.closed = true;
	}

}
