package io.github.x402sessions.core.gate;

import java.time.Duration;

/**
 * The end of the time that something may take in all, however often it is tried.
 *
 * @param end when it is, as of {@link System#nanoTime()}
 */
record Deadline(long end) {

	static Deadline in(Duration time) {
		return new Deadline(System.nanoTime() + time.toNanos());
	}

	/** What is left, at least a millisecond: whoever has begun may try. */
	Duration left() {
		return Duration.ofNanos(Math.max(Duration.ofMillis(1).toNanos(), this.end - System.nanoTime()));
	}

	/** Whether anything is left after a pause. */
	boolean allows(Duration pause) {
		return this.end - System.nanoTime() > pause.toNanos();
	}

}
