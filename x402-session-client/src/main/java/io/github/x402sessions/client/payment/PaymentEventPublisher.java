package io.github.x402sessions.client.payment;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Passes events on to a listener, whose failures must not become those of a paid call.
 */
public final class PaymentEventPublisher {

	private static final Logger logger = LoggerFactory.getLogger(PaymentEventPublisher.class);

	private final PaymentEventListener listener;

	public PaymentEventPublisher(PaymentEventListener listener) {
		this.listener = listener;
	}

	public void publish(PaymentEvent event) {
		try {
			this.listener.on(event);
		}
		catch (RuntimeException ex) {
			logger.warn("A payment listener failed", ex);
		}
	}

}
