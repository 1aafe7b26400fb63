package io.github.x402sessions.core.gate;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Runs something once in a while at most, such as a log line that any request could
 * cause. Thread-safe.
 */
final class Throttle {

	private final long pause;

	private final AtomicLong next = new AtomicLong(System.nanoTime());

	Throttle(Duration pause) {
		this.pause = pause.toNanos();
	}

	void run(Runnable action) {
		long due = this.next.get();
		long now = System.nanoTime();
		if (now - due >= 0 && this.next.compareAndSet(due, now + this.pause)) {
			action.run();
		}
	}

}
