package io.github.x402sessions.samples.agent.call;

import java.util.concurrent.atomic.AtomicReference;

import io.github.x402sessions.client.payment.PaymentEvent;
import io.github.x402sessions.client.payment.PaymentListener;
import org.jspecify.annotations.Nullable;

/**
 * Remembers what became of the payment of the latest call. Thread-safe; calls are made
 * one after the other.
 */
public final class LastPayment implements PaymentListener {

	private final AtomicReference<@Nullable PaymentEvent> latest = new AtomicReference<>();

	@Override
	public void on(PaymentEvent event) {
		if (isOutcome(event)) {
			this.latest.set(event);
		}
	}

	/** Return it and forget it; {@code null} if none was asked for. */
	@Nullable PaymentEvent take() {
		return this.latest.getAndSet(null);
	}

	private static boolean isOutcome(PaymentEvent event) {
		return event instanceof PaymentEvent.Paid || event instanceof PaymentEvent.Refused
				|| event instanceof PaymentEvent.Unknown || event instanceof PaymentEvent.Declined
				|| event instanceof PaymentEvent.Overcharged;
	}

}
