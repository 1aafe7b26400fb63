package io.github.x402sessions.webflux;

import io.github.x402sessions.core.terms.PricedRoute;
import io.github.x402sessions.webflux.hold.RawServerResponse;

import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.server.ServerWebExchange;

/**
 * An exchange that is for a priced route.
 *
 * @param route the route
 * @param exchange the exchange as the server has it
 * @param view what those behind the filter see of its request
 * @param raw its response, nothing of which is held
 */
record PricedExchange(PricedRoute route, ServerWebExchange exchange, ServerHttpRequest view, RawServerResponse raw) {

	ServerHttpRequest request() {
		return this.exchange.getRequest();
	}

}
