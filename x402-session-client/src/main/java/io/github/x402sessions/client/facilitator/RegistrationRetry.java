package io.github.x402sessions.client.facilitator;

import java.time.Duration;
import java.util.function.Supplier;

import io.github.x402sessions.core.facilitator.FacilitatorUnavailableException;

/**
 * Repeats a registration while the facilitator is not available. That is safe: the same
 * approval registered again with the same terms is the same session.
 *
 * @param attempts how often to try in all
 * @param firstPause the pause after the first attempt; it doubles every time
 */
public record RegistrationRetry(int attempts, Duration firstPause) {

	public static final RegistrationRetry DEFAULT = new RegistrationRetry(5, Duration.ofMillis(500));

	public <T> T call(Supplier<T> registration) {
		Duration pause = this.firstPause;
		for (int attempt = 1; true; attempt++) {
			try {
				return registration.get();
			}
			catch (FacilitatorUnavailableException ex) {
				if (attempt == this.attempts || !sleep(pause)) {
					throw ex;
				}
				pause = pause.multipliedBy(2);
			}
		}
	}

	private static boolean sleep(Duration pause) {
		try {
			Thread.sleep(pause.toMillis());
			return true;
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return false;
		}
	}

}
