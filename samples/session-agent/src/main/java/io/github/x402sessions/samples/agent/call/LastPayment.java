package io.github.x402sessions.samples.agent.call;

import java.util.concurrent.atomic.AtomicReference;

import io.github.x402sessions.client.payment.PaymentEvent;
import io.github.x402sessions.client.payment.PaymentEventListener;
import org.jspecify.annotations.Nullable;

/**
 * Remembers what became of the payment of the latest call. Thread-safe; calls are made
 * one after the other.
 */
public final class LastPayment implements PaymentEventListener {

	private final AtomicReference<PaymentEvent.@Nullable Outcome> latest = new AtomicReference<>();

	@Override
	public void on(PaymentEvent event) {
		if (event instanceof PaymentEvent.Outcome outcome) {
			this.latest.set(outcome);
		}
	}

	/** Return it and forget it; {@code null} if none was asked for. */
	public PaymentEvent.@Nullable Outcome take() {
		return this.latest.getAndSet(null);
	}

}
