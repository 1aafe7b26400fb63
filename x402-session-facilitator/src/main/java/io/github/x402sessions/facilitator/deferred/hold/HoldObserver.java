package io.github.x402sessions.facilitator.deferred.hold;

/**
 * Hears what becomes of held payments. Implementations are thread-safe and do not fail.
 */
@FunctionalInterface
public interface HoldObserver {

	/**
	 * Nobody has settled or released a payment in time: whoever delivered for it is not
	 * paid.
	 * @param payment the payment
	 */
	void lapsed(HeldPayment payment);

}
