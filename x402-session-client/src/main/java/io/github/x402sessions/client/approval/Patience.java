package io.github.x402sessions.client.approval;

import java.time.Duration;

/**
 * How long to wait for a ledger.
 *
 * @param validity for how long the network may take the transaction, ledger time
 * @param giveUpAfter how long to watch for it in all, wall-clock time; longer than the
 * validity, so that a healthy network always gives a verdict
 * @param pollInterval the pause between two looks
 */
public record Patience(Duration validity, Duration giveUpAfter, Duration pollInterval) {

	/** Fits networks that close a ledger every 5 seconds. */
	public static final Patience DEFAULT = new Patience(Duration.ofSeconds(60), Duration.ofSeconds(150),
			Duration.ofMillis(500));

	/** Pause, and tell whether there is still reason to wait. */
	boolean pause() {
		try {
			Thread.sleep(this.pollInterval.toMillis());
			return true;
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return false;
		}
	}

}
