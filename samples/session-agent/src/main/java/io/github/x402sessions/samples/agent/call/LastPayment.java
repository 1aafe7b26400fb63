package io.github.x402sessions.samples.agent.call;

import java.util.concurrent.atomic.AtomicReference;

import io.github.x402sessions.client.payment.PaymentEvent;
import io.github.x402sessions.client.payment.PaymentEventListener;
import io.github.x402sessions.samples.agent.evidence.ReceiptFile;
import org.jspecify.annotations.Nullable;

/**
 * Remembers what became of the payment of the latest call, and has what was signed kept.
 * Thread-safe; calls are made one after the other.
 */
public final class LastPayment implements PaymentEventListener {

	private final AtomicReference<PaymentEvent.@Nullable Outcome> latest = new AtomicReference<>();

	private final @Nullable ReceiptFile receipts;

	/**
	 * Create a listener.
	 * @param receipts keeps what servers have signed; {@code null} for nothing
	 */
	LastPayment(@Nullable ReceiptFile receipts) {
		this.receipts = receipts;
	}

	@Override
	public void on(PaymentEvent event) {
		if (event instanceof PaymentEvent.Outcome outcome) {
			this.latest.set(outcome);
		}
		if (this.receipts != null) {
			this.receipts.on(event);
		}
	}

	/** Return it and forget it; {@code null} if none was asked for. */
	public PaymentEvent.@Nullable Outcome take() {
		return this.latest.getAndSet(null);
	}

}
