package io.github.x402sessions.spring.observation;

import java.util.concurrent.atomic.AtomicBoolean;

import io.github.x402sessions.core.terms.PricedRoute;
import io.github.x402sessions.servlet.route.RoutePricing;
import io.micrometer.observation.Observation;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

/**
 * A request for a priced route while it is observed.
 */
final class ObservedRequest {

	private static final String ATTRIBUTE = ObservedRequest.class.getName();

	private final PricedRoute route;

	private final PaymentObservationContext context;

	private final Observation observation;

	private final AtomicBoolean ended = new AtomicBoolean();

	private volatile @Nullable PaymentOutcome outcome;

	private final @Nullable Observation parent;

	private final ServletRequest request;

	ObservedRequest(ServletRequest request, PricedRoute route, PaymentObservationContext context,
			Observation observation, @Nullable Observation parent) {
		this.request = request;
		this.parent = parent;
		this.route = route;
		this.context = context;
		this.observation = observation;
	}

	static @Nullable ObservedRequest of(ServletRequest request) {
		return (ObservedRequest) request.getAttribute(ATTRIBUTE);
	}

	void begin() {
		this.request.setAttribute(ATTRIBUTE, this);
		this.observation.start();
	}

	PricedRoute route() {
		return this.route;
	}

	/** Return the observation of the whole request, the server's own. */
	@Nullable Observation parent() {
		return this.parent;
	}

	void paysBy(String scheme, String network) {
		this.context.kind(scheme, network);
		this.outcome = PaymentOutcome.NOT_CHARGED;
	}

	void outcome(PaymentOutcome outcome) {
		this.outcome = outcome;
	}

	void end(int status, @Nullable Throwable failure) {
		if (!this.ended.compareAndSet(false, true)) {
			return;
		}
		PaymentOutcome known = this.outcome;
		boolean granted = known == null && this.request.getAttribute(RoutePricing.AUTHORIZED_ROUTE) != null;
		this.context.outcome((known != null) ? known : granted ? PaymentOutcome.GRANTED : answered(status, failure));
		if (failure != null) {
			this.observation.error(failure);
		}
		this.observation.stop();
	}

	/** What the payment filter has answered by itself. */
	private static PaymentOutcome answered(int status, @Nullable Throwable failure) {
		if (failure != null || status >= HttpServletResponse.SC_INTERNAL_SERVER_ERROR) {
			return PaymentOutcome.FAILED;
		}
		if (status == HttpServletResponse.SC_PAYMENT_REQUIRED) {
			return PaymentOutcome.CHALLENGED;
		}
		return PaymentOutcome.REFUSED;
	}

}
