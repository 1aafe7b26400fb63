package io.github.x402sessions.webflux;

import java.util.List;

import io.github.x402sessions.core.payment.Access;
import io.github.x402sessions.core.payment.Payment;
import io.github.x402sessions.core.payment.SettlementListener;
import io.github.x402sessions.core.payment.SettlementListeners;
import io.github.x402sessions.core.terms.PricedRoute;

import org.springframework.web.server.ServerWebExchange;

/**
 * Several {@link ExchangeListener}s as one, and whoever hears of settlements alone. The
 * first that does not want to charge decides.
 */
final class ExchangeListeners {

	private final SettlementListeners settlements;

	private final List<ExchangeListener> exchanges;

	ExchangeListeners(List<? extends SettlementListener> listeners) {
		this.settlements = new SettlementListeners(listeners);
		this.exchanges = listeners.stream()
			.filter(ExchangeListener.class::isInstance)
			.map(ExchangeListener.class::cast)
			.toList();
	}

	/** Whether nobody is to be asked about requests. */
	boolean isEmpty() {
		return this.exchanges.isEmpty();
	}

	SettlementListeners settlements() {
		return this.settlements;
	}

	Access access(ServerWebExchange exchange, PricedRoute route) {
		for (ExchangeListener listener : this.exchanges) {
			Access access = listener.onRequest(exchange, route);
			if (access != Access.CHARGE) {
				return access;
			}
		}
		return Access.CHARGE;
	}

	void verified(ServerWebExchange exchange, Payment payment) {
		SettlementListeners.tell(this.exchanges, (listener) -> listener.onVerified(exchange, payment));
	}

	void replayed(ServerWebExchange exchange, PricedRoute route) {
		SettlementListeners.tell(this.exchanges, (listener) -> listener.onReplayed(exchange, route));
	}

}
