package io.github.x402sessions.webflux;

import io.github.x402sessions.core.terms.PricedRoute;
import io.github.x402sessions.webflux.hold.RawServerResponse;

import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.server.ServerWebExchange;

/**
 * An exchange that is for a priced route.
 *
 * @param route the route
 * @param known the exchange as the server has it, with its caller
 * @param view what those behind the filter see of its request
 * @param raw its response, nothing of which is held
 */
record PricedExchange(PricedRoute route, KnownExchange known, ServerHttpRequest view, RawServerResponse raw) {

	/** Return the exchange as the server has it. */
	ServerWebExchange exchange() {
		return this.known.getDelegate();
	}

	ServerHttpRequest request() {
		return this.known.getRequest();
	}

}
