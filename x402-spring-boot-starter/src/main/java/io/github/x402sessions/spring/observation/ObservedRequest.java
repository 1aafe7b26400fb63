package io.github.x402sessions.spring.observation;

import io.github.x402sessions.servlet.route.RoutePricing;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

/**
 * A request for a priced route while it is observed.
 *
 * @param request the request
 * @param payment what is observed of it
 */
record ObservedRequest(ServletRequest request, ObservedPayment payment) {

	private static final String ATTRIBUTE = ObservedRequest.class.getName();

	static @Nullable ObservedRequest of(ServletRequest request) {
		return (ObservedRequest) request.getAttribute(ATTRIBUTE);
	}

	void begin() {
		this.request.setAttribute(ATTRIBUTE, this);
	}

	void end(int status, @Nullable Throwable failure) {
		boolean granted = this.request.getAttribute(RoutePricing.AUTHORIZED_ROUTE) != null;
		this.payment.end(granted ? PaymentOutcome.GRANTED : answered(status, failure), failure);
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
