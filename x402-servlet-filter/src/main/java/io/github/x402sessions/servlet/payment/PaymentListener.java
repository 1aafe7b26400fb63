package io.github.x402sessions.servlet.payment;

import io.github.x402sessions.core.payment.Access;
import io.github.x402sessions.core.payment.Payment;
import io.github.x402sessions.core.payment.SettlementListener;
import io.github.x402sessions.core.terms.PricedRoute;
import jakarta.servlet.http.HttpServletRequest;

/**
 * Takes part in the life of paid requests. All methods have defaults that change nothing.
 * An exception from {@link #onRequest} fails the request; exceptions from the others are
 * logged, because the money has its own course, but for {@link #onDeferralEnded}.
 * Implementations are thread-safe.
 */
public interface PaymentListener extends SettlementListener {

	/**
	 * A request for a priced route came; nothing was decided yet.
	 * @param request the request
	 * @param route what it costs
	 * @return whether to charge, to serve it free or to refuse it with status 403
	 */
	default Access onRequest(HttpServletRequest request, PricedRoute route) {
		return Access.CHARGE;
	}

	/**
	 * The answer to a request that was {@link Access#GRANT granted} has ended.
	 * @param request the request
	 * @param route what it costs others
	 * @param status the status of the answer, as far as one was given; 500 if the handler
	 * has failed before anything left
	 */
	default void onGranted(HttpServletRequest request, PricedRoute route, int status) {
	}

	/**
	 * A payment was verified; its handler runs next.
	 * @param request the request
	 * @param payment the payment
	 */
	default void onVerified(HttpServletRequest request, Payment payment) {
	}

	/**
	 * A client has asked again, with the same payment identifier, for an answer that it
	 * paid for before: it gets that answer, and no handler runs.
	 * @param request the request
	 * @param route what it costs
	 */
	default void onReplayed(HttpServletRequest request, PricedRoute route) {
	}

}
