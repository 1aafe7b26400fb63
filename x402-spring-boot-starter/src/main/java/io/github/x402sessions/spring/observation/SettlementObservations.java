package io.github.x402sessions.spring.observation;

import io.github.x402sessions.core.payment.Payment;
import io.github.x402sessions.core.payment.SettlementListener;
import io.github.x402sessions.core.protocol.SettleResponse;
import io.micrometer.observation.Observation;
import org.jspecify.annotations.Nullable;

/**
 * Observes settlements, which are children of the observation of their call on whatever
 * thread they run.
 */
final class SettlementObservations implements SettlementListener {

	private final Observations observations;

	SettlementObservations(Observations observations) {
		this.observations = observations;
	}

	@Override
	public void beforeSettle(Payment payment) {
		ObservedPayment observed = ObservedPayment.of(payment);
		PaymentObservationContext context = new PaymentObservationContext(payment.route()).kind(payment.scheme(),
				payment.network());
		Observation observation = this.observations.of(PaymentObservationDocumentation.SETTLE, context);
		Observation parent = (observed != null) ? observed.parent() : this.observations.current();
		if (parent != null) {
			observation.parentObservation(parent);
		}
		observation.start();
		// A payment ends on the thread that it began to settle on.
		payment.attributes().put(Settling.class, new Settling(context, observation, observation.openScope()));
	}

	@Override
	public void onSettled(Payment payment, SettleResponse receipt) {
		end(payment, PaymentOutcome.SETTLED);
	}

	@Override
	public void onSettlementFailed(Payment payment, SettleResponse failure) {
		end(payment, outcome(failure.errorReason()));
	}

	@Override
	public void onPaidButFailed(Payment payment, SettleResponse receipt, int status) {
		ObservedPayment observed = ObservedPayment.of(payment);
		if (observed != null) {
			observed.outcome(PaymentOutcome.PAID_BUT_FAILED);
		}
	}

	static PaymentOutcome outcome(@Nullable String reason) {
		if ("settlement_unknown".equals(reason)) {
			return PaymentOutcome.UNKNOWN;
		}
		if ("transaction_reused".equals(reason)) {
			return PaymentOutcome.NOT_PROVEN;
		}
		return "settlement_not_made".equals(reason) ? PaymentOutcome.NOT_MADE : PaymentOutcome.REFUSED;
	}

	private void end(Payment payment, PaymentOutcome outcome) {
		if (payment.attributes().remove(Settling.class) instanceof Settling settling) {
			settling.scope().close();
			settling.context().outcome(outcome);
			settling.observation().stop();
		}
		ObservedPayment observed = ObservedPayment.of(payment);
		if (observed != null) {
			observed.outcome(outcome);
		}
	}

	private record Settling(PaymentObservationContext context, Observation observation, Observation.Scope scope) {
	}

}
