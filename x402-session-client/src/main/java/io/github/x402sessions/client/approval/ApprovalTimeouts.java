package io.github.x402sessions.client.approval;

import java.time.Duration;

/**
 * Limits of the time that an approval has to reach a ledger.
 *
 * @param validity for how long the network may take the transaction, ledger time
 * @param giveUpAfter how long to watch for it in all, wall-clock time; longer than the
 * validity, so that a healthy network always gives a verdict
 * @param pollInterval the pause between two looks
 */
public record ApprovalTimeouts(Duration validity, Duration giveUpAfter, Duration pollInterval) {

	/** Fits networks that close a ledger every 5 seconds. */
	public static final ApprovalTimeouts DEFAULT = new ApprovalTimeouts(Duration.ofSeconds(60), Duration.ofSeconds(150),
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
