package io.github.x402sessions.spring.observation;

import java.util.Collections;
import java.util.Map;
import java.util.WeakHashMap;

import io.github.x402sessions.core.gate.PricedRoute;
import io.github.x402sessions.core.protocol.SettleResponse;
import io.github.x402sessions.servlet.Payment;
import io.github.x402sessions.servlet.PaymentListener;
import io.micrometer.observation.Observation;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

/**
 * Observes requests for priced routes and their settlements, which are children of the
 * request's observation on whatever thread they run.
 */
final class SettlementObservations implements PaymentListener {

	private final Observations observations;

	private final Map<Payment, ObservedRequest> requests = Collections.synchronizedMap(new WeakHashMap<>());

	private final Map<Payment, Settling> settling = Collections.synchronizedMap(new WeakHashMap<>());

	SettlementObservations(Observations observations) {
		this.observations = observations;
	}

	@Override
	public Access onRequest(HttpServletRequest request, PricedRoute route) {
		PaymentObservationContext context = new PaymentObservationContext(route.name());
		new ObservedRequest(route, context, this.observations.of(PaymentObservationDocumentation.PAYMENT, context),
				this.observations.current())
			.begin(request);
		return Access.CHARGE;
	}

	@Override
	public void onReplayed(HttpServletRequest request, PricedRoute route) {
		ObservedRequest observed = ObservedRequest.of(request);
		if (observed != null) {
			observed.outcome(PaymentOutcome.REPLAYED);
		}
	}

	@Override
	public void onVerified(HttpServletRequest request, Payment payment) {
		ObservedRequest observed = ObservedRequest.of(request);
		if (observed != null) {
			observed.paysBy(payment.scheme(), payment.network());
			this.requests.put(payment, observed);
		}
	}

	@Override
	public void beforeSettle(Payment payment) {
		ObservedRequest observed = this.requests.get(payment);
		PaymentObservationContext context = new PaymentObservationContext(
				(observed != null) ? observed.route().name() : null)
			.kind(payment.scheme(), payment.network());
		Observation observation = this.observations.of(PaymentObservationDocumentation.SETTLE, context);
		Observation parent = (observed != null) ? observed.parent() : this.observations.current();
		if (parent != null) {
			observation.parentObservation(parent);
		}
		this.settling.put(payment, new Settling(context, observation.start()));
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
		ObservedRequest observed = this.requests.get(payment);
		if (observed != null) {
			observed.outcome(PaymentOutcome.PAID_BUT_FAILED);
		}
	}

	static PaymentOutcome outcome(@Nullable String reason) {
		if ("settlement_unknown".equals(reason)) {
			return PaymentOutcome.UNKNOWN;
		}
		return "settlement_not_made".equals(reason) ? PaymentOutcome.NOT_MADE : PaymentOutcome.REFUSED;
	}

	private void end(Payment payment, PaymentOutcome outcome) {
		Settling settling = this.settling.remove(payment);
		if (settling != null) {
			settling.context().outcome(outcome);
			settling.observation().stop();
		}
		ObservedRequest observed = this.requests.get(payment);
		if (observed != null) {
			observed.outcome(outcome);
		}
	}

	private record Settling(PaymentObservationContext context, Observation observation) {
	}

}
