package io.github.x402sessions.facilitator.logging;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongConsumer;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;

/**
 * Throttles log lines about what may happen again and again: one in a while, with how
 * often it happened meanwhile. Each subject is logged by itself. A full disk is not
 * filled with it. Thread-safe.
 */
public final class LogThrottle {

	private static final int SUBJECTS = 1_000;

	private final long pause;

	private final Cache<Object, Subject> subjects = Caffeine.newBuilder().maximumSize(SUBJECTS).build();

	/**
	 * Create it.
	 * @param pause how long nothing more is logged of a subject
	 */
	public LogThrottle(Duration pause) {
		this.pause = pause.toNanos();
	}

	/**
	 * Log, unless that was done a moment ago.
	 * @param subject what it is about: equal ones are one
	 * @param line writes the line, given how many were left out before it
	 */
	public void log(Object subject, LongConsumer line) {
		this.subjects.get(subject, (key) -> new Subject()).log(this.pause, line);
	}

	private static final class Subject {

		private final AtomicLong next = new AtomicLong(System.nanoTime());

		private final AtomicLong skipped = new AtomicLong();

		void log(long pause, LongConsumer line) {
			long now = System.nanoTime();
			long due = this.next.get();
			if (now - due >= 0 && this.next.compareAndSet(due, now + pause)) {
				line.accept(this.skipped.getAndSet(0));
			}
			else {
				this.skipped.incrementAndGet();
			}
		}

	}

}
