package io.github.x402sessions.mcp;

import java.util.List;

import io.github.x402sessions.core.payment.Access;
import io.github.x402sessions.core.payment.Payment;
import io.github.x402sessions.core.payment.SettlementListener;
import io.github.x402sessions.core.payment.SettlementListeners;
import io.github.x402sessions.core.terms.PricedRoute;
import org.jspecify.annotations.Nullable;

/**
 * Several {@link ToolPaymentListener}s as one, and whoever hears of settlements alone.
 * The first that does not want to charge decides; a failing one hinders neither the
 * others nor the payment.
 */
final class ToolListeners {

	private final SettlementListeners settlements;

	private final List<ToolPaymentListener> calls;

	ToolListeners(List<? extends SettlementListener> listeners) {
		this.settlements = new SettlementListeners(listeners);
		this.calls = listeners.stream()
			.filter(ToolPaymentListener.class::isInstance)
			.map(ToolPaymentListener.class::cast)
			.toList();
	}

	SettlementListeners settlements() {
		return this.settlements;
	}

	Access access(ToolCall call, PricedRoute tool) {
		for (ToolPaymentListener listener : this.calls) {
			Access access = listener.onCall(call, tool);
			if (access != Access.CHARGE) {
				return access;
			}
		}
		return Access.CHARGE;
	}

	void verified(ToolCall call, Payment payment) {
		SettlementListeners.tell(this.calls, (listener) -> listener.onVerified(call, payment));
	}

	void replayed(ToolCall call, PricedRoute tool) {
		SettlementListeners.tell(this.calls, (listener) -> listener.onReplayed(call, tool));
	}

	void answered(ToolCall call, PricedRoute tool, @Nullable String refusal) {
		SettlementListeners.tell(this.calls, (listener) -> listener.onAnswered(call, tool, refusal));
	}

}
