package io.github.x402sessions.core.body;

import java.util.concurrent.atomic.AtomicLong;

/**
 * Limits what all bodies together take of one kind of storage, bytes. Thread-safe.
 */
final class ByteBudget {

	private final AtomicLong left;

	ByteBudget(long bytes) {
		this.left = new AtomicLong(bytes);
	}

	/** Take some bytes, or none if fewer are left. */
	boolean take(long bytes) {
		if (this.left.addAndGet(-bytes) >= 0) {
			return true;
		}
		giveBack(bytes);
		return false;
	}

	void giveBack(long bytes) {
		this.left.addAndGet(bytes);
	}

	long left() {
		return this.left.get();
	}

}
