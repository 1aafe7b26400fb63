package io.github.x402sessions.spring.observation;

import io.github.x402sessions.core.payment.Access;
import io.github.x402sessions.core.payment.Payment;
import io.github.x402sessions.core.terms.PricedRoute;
import io.github.x402sessions.servlet.payment.PaymentListener;
import jakarta.servlet.http.HttpServletRequest;

/**
 * Observes requests for priced routes.
 */
final class RequestObservations implements PaymentListener {

	private final Observations observations;

	RequestObservations(Observations observations) {
		this.observations = observations;
	}

	@Override
	public Access onRequest(HttpServletRequest request, PricedRoute route) {
		new ObservedRequest(request, this.observations.begin(route)).begin();
		return Access.CHARGE;
	}

	@Override
	public void onReplayed(HttpServletRequest request, PricedRoute route) {
		ObservedRequest observed = ObservedRequest.of(request);
		if (observed != null) {
			observed.payment().outcome(PaymentOutcome.REPLAYED);
		}
	}

	@Override
	public void onVerified(HttpServletRequest request, Payment payment) {
		ObservedRequest observed = ObservedRequest.of(request);
		if (observed != null) {
			observed.payment().verified(payment);
		}
	}

}
