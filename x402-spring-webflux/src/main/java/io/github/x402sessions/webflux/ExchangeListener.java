package io.github.x402sessions.webflux;

import io.github.x402sessions.core.payment.Access;
import io.github.x402sessions.core.payment.Payment;
import io.github.x402sessions.core.payment.SettlementListener;
import io.github.x402sessions.core.terms.PricedRoute;

import org.springframework.web.server.ServerWebExchange;

/**
 * Takes part in the life of paid exchanges. All methods have defaults that change
 * nothing; they run on the threads of the payments and may block. Who is logged in is
 * known there: {@link ServerWebExchange#getPrincipal()} has them at once, and may be
 * blocked for. An exception from {@link #onRequest} fails the request; exceptions from
 * the others are logged, because the money has its own course. Implementations are
 * thread-safe.
 */
public interface ExchangeListener extends SettlementListener {

	/**
	 * A request for a priced route came; nothing was decided yet. One for a WebSocket or
	 * a tunnel is refused before, whoever asks.
	 * @param exchange the exchange
	 * @param route what it costs
	 * @return whether to charge, to serve it free or to refuse it with status 403
	 */
	default Access onRequest(ServerWebExchange exchange, PricedRoute route) {
		return Access.CHARGE;
	}

	/**
	 * A payment was verified; its handler runs next.
	 * @param exchange the exchange
	 * @param payment the payment
	 */
	default void onVerified(ServerWebExchange exchange, Payment payment) {
	}

	/**
	 * A client has asked again, with the same payment identifier, for an answer that it
	 * paid for before: it gets that answer, and no handler runs.
	 * @param exchange the exchange
	 * @param route what it costs
	 */
	default void onReplayed(ServerWebExchange exchange, PricedRoute route) {
	}

}
