package io.github.x402sessions.servlet.payment;

import java.util.List;

import io.github.x402sessions.core.payment.Access;
import io.github.x402sessions.core.payment.Payment;
import io.github.x402sessions.core.payment.SettlementListener;
import io.github.x402sessions.core.payment.SettlementListeners;
import io.github.x402sessions.core.terms.PricedRoute;
import jakarta.servlet.http.HttpServletRequest;

/**
 * Several {@link PaymentListener}s as one, and whoever hears of settlements alone. The
 * first that does not want to charge decides; a failing one hinders neither the others
 * nor the payment.
 */
public final class PaymentListeners {

	/**
	 * The request attribute by which the server's own code, such as that of a test, asks
	 * for the price alone: whoever listens does not hear of it, and it is charged.
	 */
	public static final String PRICE_ASKED = PaymentListeners.class.getName() + ".PRICE_ASKED";

	private final SettlementListeners settlements;

	private final List<PaymentListener> requests;

	public PaymentListeners(List<? extends SettlementListener> listeners) {
		this.settlements = new SettlementListeners(listeners);
		this.requests = listeners.stream()
			.filter(PaymentListener.class::isInstance)
			.map(PaymentListener.class::cast)
			.toList();
	}

	public SettlementListeners settlements() {
		return this.settlements;
	}

	public Access access(HttpServletRequest request, PricedRoute route) {
		if (request.getAttribute(PRICE_ASKED) != null) {
			return Access.CHARGE;
		}
		for (PaymentListener listener : this.requests) {
			Access access = listener.onRequest(request, route);
			if (access != Access.CHARGE) {
				return access;
			}
		}
		return Access.CHARGE;
	}

	public void granted(HttpServletRequest request, PricedRoute route, int status) {
		SettlementListeners.tell(this.requests, (listener) -> listener.onGranted(request, route, status));
	}

	public void verified(HttpServletRequest request, Payment payment) {
		SettlementListeners.tell(this.requests, (listener) -> listener.onVerified(request, payment));
	}

	public void replayed(HttpServletRequest request, PricedRoute route) {
		SettlementListeners.tell(this.requests, (listener) -> listener.onReplayed(request, route));
	}

}
