package io.github.x402sessions.facilitator.deferred;

/**
 * Tells whether what is committed now could be redeemed. Implementations are thread-safe
 * and answer at once.
 */
@FunctionalInterface
public interface RedemptionReadiness {

	/**
	 * Tell whether there are lumens for redeeming all that is open; where that is not
	 * known, there are not.
	 * @return whether there are
	 */
	boolean canRedeem();

}
