package io.github.x402sessions.webflux;

import io.github.x402sessions.core.terms.PriceList;
import io.github.x402sessions.core.terms.PricedRoute;
import reactor.core.publisher.Mono;

import org.springframework.web.server.ServerWebExchange;

/**
 * Tells what an exchange costs. Implementations are thread-safe, do not block and do not
 * read the request's body. A request that the application would answer from a priced
 * handler must be found however its URL is spelled. What fails here fails the request.
 */
@FunctionalInterface
public interface ExchangePricing extends PriceList {

	/**
	 * The attribute of an exchange that holds the route by which the filter let the
	 * handler run: because its payment was verified or because a listener has granted it.
	 * It is absent from exchanges that the filter took for free ones.
	 */
	String AUTHORIZED_ROUTE = ExchangePricing.class.getName() + ".AUTHORIZED_ROUTE";

	/**
	 * Find the priced route that an exchange is for.
	 * @param exchange the exchange
	 * @return the route, or empty if the request is free
	 */
	Mono<PricedRoute> find(ServerWebExchange exchange);

}
