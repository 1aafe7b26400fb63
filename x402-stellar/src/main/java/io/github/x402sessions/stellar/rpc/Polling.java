package io.github.x402sessions.stellar.rpc;

import java.time.Duration;

/**
 * The pause between two questions to a node about the same thing.
 *
 * @param interval how long it is
 */
public record Polling(Duration interval) {

	private static final Duration LONGEST = Duration.ofMinutes(1);

	/**
	 * Return a pause for what is not urgent any more.
	 * @return one of twice the length, up to a minute
	 */
	public Polling slower() {
		Duration twice = this.interval.multipliedBy(2);
		return (twice.compareTo(LONGEST) > 0) ? this : new Polling(twice);
	}

	/**
	 * Wait for one interval.
	 * @return whether to go on; false if the thread was interrupted, which stays set
	 */
	public boolean pause() {
		try {
			Thread.sleep(this.interval.toMillis());
			return true;
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return false;
		}
	}

}
