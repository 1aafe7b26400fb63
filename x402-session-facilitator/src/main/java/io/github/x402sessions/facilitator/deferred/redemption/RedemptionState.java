package io.github.x402sessions.facilitator.deferred.redemption;

import java.time.Duration;

/**
 * The state of redemption.
 *
 * @param age the age of the oldest commitment that is in no transaction; zero if there is
 * none
 * @param late whether one waits for longer than twice as long as it should
 * @param canRedeem whether lumens suffice for what is open
 */
public record RedemptionState(Duration age, boolean late, boolean canRedeem) {

	/**
	 * Tell whether nobody has to see to it.
	 * @return whether nothing is late and lumens suffice
	 */
	public boolean isWell() {
		return !this.late && this.canRedeem;
	}

}
