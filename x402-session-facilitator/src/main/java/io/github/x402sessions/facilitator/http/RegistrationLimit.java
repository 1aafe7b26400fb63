package io.github.x402sessions.facilitator.http;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

import io.github.x402sessions.facilitator.access.AccessDeniedException;
import io.github.x402sessions.facilitator.limit.SharedLimit;

import org.springframework.dao.CannotAcquireLockException;

/**
 * Limits how often an address may register or ask for a quote, at all nodes together.
 * Strangers are counted before anything is known of them, so few at a time: however many
 * addresses somebody has, connections are left for those who pay. Those who were refused
 * a moment ago do not wait for that. Thread-safe.
 */
final class RegistrationLimit {

	private static final int AT_ONCE = 2;

	private static final Duration PATIENCE = Duration.ofMillis(250);

	private final SharedLimit limit;

	private final Semaphore counting = new Semaphore(AT_ONCE, true);

	/**
	 * Create it.
	 * @param limit counts by address
	 */
	RegistrationLimit(SharedLimit limit) {
		this.limit = limit;
	}

	/**
	 * Count one time.
	 * @throws AccessDeniedException if that is once too often
	 * @throws CannotAcquireLockException if too many are being counted
	 */
	void require(String address) {
		if (this.limit.isKnownToRefuse(address)) {
			throw tooOften(address);
		}
		await();
		try {
			if (!this.limit.take(address)) {
				throw tooOften(address);
			}
		}
		finally {
			this.counting.release();
		}
	}

	private AccessDeniedException tooOften(String address) {
		return AccessDeniedException.tooOften(this.limit.left(address));
	}

	private void await() {
		try {
			if (this.counting.tryAcquire(PATIENCE.toNanos(), TimeUnit.NANOSECONDS)) {
				return;
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		throw new CannotAcquireLockException("too many register at once");
	}

}
