package io.github.x402sessions.devnet.fault.plan;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * The remaining occurrences of a fault. Thread-safe.
 */
final class Countdown {

	private final AtomicInteger left = new AtomicInteger();

	void set(int count) {
		this.left.set(notNegative("count", count));
	}

	void increment() {
		this.left.incrementAndGet();
	}

	/** Whether it happens now; counts it. */
	boolean take() {
		return this.left.getAndUpdate((count) -> Math.max(0, count - 1)) > 0;
	}

	int left() {
		return this.left.get();
	}

	static int notNegative(String name, int number) {
		if (number < 0) {
			throw new IllegalArgumentException(name + " is negative: " + number);
		}
		return number;
	}

}
