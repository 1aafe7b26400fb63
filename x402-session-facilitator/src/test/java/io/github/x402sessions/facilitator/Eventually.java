package io.github.x402sessions.facilitator;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;

/**
 * Waits for a condition, not for a time.
 */
public final class Eventually {

	private static final Duration PATIENCE = Duration.ofSeconds(30);

	private Eventually() {
	}

	public static void isTrue(Callable<Boolean> condition) {
		isTrue(PATIENCE, condition);
	}

	static void isTrue(Duration patience, Callable<Boolean> condition) {
		long deadline = System.nanoTime() + patience.toNanos();
		try {
			while (!condition.call()) {
				if (System.nanoTime() > deadline) {
					throw new AssertionError("it did not become true in " + patience);
				}
				LockSupport.parkNanos(Duration.ofMillis(10).toNanos());
			}
		}
		catch (Exception ex) {
			throw new AssertionError(ex);
		}
	}

}
