package io.github.x402sessions.facilitator.http;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongConsumer;

/**
 * Lets something be logged that may happen with every call: once in a while, with how
 * often it happened meanwhile. A full disk is not filled with it. Thread-safe.
 */
final class Sparingly {

	private static final long WHILE = Duration.ofSeconds(5).toNanos();

	private final AtomicLong next = new AtomicLong(System.nanoTime());

	private final AtomicLong skipped = new AtomicLong();

	/**
	 * Log, unless that was done a moment ago.
	 * @param line writes the line, given how many were left out before it
	 */
	void log(LongConsumer line) {
		long now = System.nanoTime();
		long due = this.next.get();
		if (now - due >= 0 && this.next.compareAndSet(due, now + WHILE)) {
			line.accept(this.skipped.getAndSet(0));
		}
		else {
			this.skipped.incrementAndGet();
		}
	}

}
