package io.github.x402sessions.client.payment;

/**
 * Hears of payments and of what was not paid. Called on the thread that does the call and
 * has to be quick and thread-safe; what it throws is logged and forgotten, because money
 * has moved by then.
 */
@FunctionalInterface
public interface PaymentEventListener {

	/**
	 * Hear of something.
	 * @param event what happened
	 */
	void on(PaymentEvent event);

}
