package io.github.x402sessions.servlet.payment;

import java.util.List;
import java.util.function.Consumer;

import io.github.x402sessions.core.gate.SettlementOutcome;
import io.github.x402sessions.core.protocol.SettleResponse;
import io.github.x402sessions.core.protocol.SettlementNotice;
import io.github.x402sessions.core.terms.PricedRoute;
import jakarta.servlet.http.HttpServletRequest;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Several {@link PaymentListener}s as one. The first that does not want to charge
 * decides; a failing one hinders neither the others nor the payment.
 */
public final class PaymentListeners {

	private static final Logger logger = LoggerFactory.getLogger(PaymentListeners.class);

	private final List<PaymentListener> listeners;

	public PaymentListeners(List<PaymentListener> listeners) {
		this.listeners = List.copyOf(listeners);
	}

	public PaymentListener.Access access(HttpServletRequest request, PricedRoute route) {
		for (PaymentListener listener : this.listeners) {
			PaymentListener.Access access = listener.onRequest(request, route);
			if (access != PaymentListener.Access.CHARGE) {
				return access;
			}
		}
		return PaymentListener.Access.CHARGE;
	}

	public void verified(HttpServletRequest request, Payment payment) {
		tell((listener) -> listener.onVerified(request, payment));
	}

	public void replayed(HttpServletRequest request, PricedRoute route) {
		tell((listener) -> listener.onReplayed(request, route));
	}

	public void settling(Payment payment) {
		tell((listener) -> listener.beforeSettle(payment));
	}

	public void ended(Payment payment, SettlementOutcome outcome) {
		if (outcome instanceof SettlementOutcome.Settled) {
			tell((listener) -> listener.onSettled(payment, outcome.response()));
		}
		else {
			tell((listener) -> listener.onSettlementFailed(payment, outcome.response()));
		}
	}

	public void paidButFailed(Payment payment, SettleResponse receipt, int status) {
		logger.warn("A handler failed with status {} after its payment was settled by transaction {}", status,
				receipt.transaction());
		tell((listener) -> listener.onPaidButFailed(payment, receipt, status));
	}

	/**
	 * Tell all how a deferred payment has ended.
	 * @throws IllegalStateException if one has failed and has to hear of it again
	 */
	public void deferralEnded(String recipient, SettlementNotice notice) {
		IllegalStateException failure = new IllegalStateException("a payment listener failed");
		for (PaymentListener listener : this.listeners) {
			try {
				listener.onDeferralEnded(recipient, notice);
			}
			catch (RuntimeException ex) {
				failure.addSuppressed(ex);
			}
		}
		if (failure.getSuppressed().length > 0) {
			throw failure;
		}
	}

	private void tell(Consumer<PaymentListener> event) {
		for (PaymentListener listener : this.listeners) {
			try {
				event.accept(listener);
			}
			catch (RuntimeException | Error ex) {
				logger.error("A payment listener failed", ex);
			}
		}
	}

}
