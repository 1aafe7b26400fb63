package io.github.x402sessions.spring.observation;

import java.util.concurrent.atomic.AtomicBoolean;

import io.github.x402sessions.core.payment.Payment;
import io.micrometer.observation.Observation;
import org.jspecify.annotations.Nullable;

/**
 * A call of something priced while it is observed, whatever it came by. Thread-safe.
 */
public final class ObservedPayment {

	private final PaymentObservationContext context;

	private final Observation observation;

	private final AtomicBoolean ended = new AtomicBoolean();

	private volatile @Nullable PaymentOutcome outcome;

	private final @Nullable Observation parent;

	ObservedPayment(PaymentObservationContext context, Observation observation, @Nullable Observation parent) {
		this.context = context;
		this.observation = observation;
		this.parent = parent;
		observation.start();
	}

	/** Find the call that a payment is for, if it is observed. */
	static @Nullable ObservedPayment of(Payment payment) {
		return (ObservedPayment) payment.attributes().get(ObservedPayment.class);
	}

	/** Return the observation of the whole call, the server's own. */
	@Nullable Observation parent() {
		return this.parent;
	}

	/**
	 * Note that the call's payment was verified.
	 * @param payment the payment
	 */
	public void verified(Payment payment) {
		this.context.kind(payment.scheme(), payment.network());
		this.outcome = PaymentOutcome.NOT_CHARGED;
		payment.attributes().put(ObservedPayment.class, this);
	}

	/**
	 * Note what it has come to so far.
	 * @param outcome the outcome, unless another one follows
	 */
	public void outcome(PaymentOutcome outcome) {
		this.outcome = outcome;
	}

	/**
	 * End the observation. Does nothing the second time.
	 * @param otherwise what it has come to, if its payment was neither verified nor
	 * settled
	 * @param failure what the call has failed with, if it has
	 */
	public void end(PaymentOutcome otherwise, @Nullable Throwable failure) {
		if (!this.ended.compareAndSet(false, true)) {
			return;
		}
		PaymentOutcome known = this.outcome;
		this.context.outcome((known != null) ? known : otherwise);
		if (failure != null) {
			this.observation.error(failure);
		}
		this.observation.stop();
	}

}
