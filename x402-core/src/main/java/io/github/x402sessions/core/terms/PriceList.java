package io.github.x402sessions.core.terms;

import java.util.Collection;
import java.util.List;

/**
 * The prices that a server knows before anybody calls it, for checks at start and for
 * whoever shows them. Implementations are thread-safe.
 */
public interface PriceList {

	/**
	 * Return the routes that are known before any request comes.
	 * @return the routes; empty if prices are only known with a request
	 */
	default Collection<PricedRoute> routes() {
		return List.of();
	}

	/**
	 * Tell whether each request for a route is priced on its own, so that the amount of
	 * that route in {@link #routes()} means nothing.
	 * @param route one of {@link #routes()}
	 * @return whether its price is known only with a request
	 */
	default boolean isPricedPerRequest(PricedRoute route) {
		return false;
	}

	/**
	 * Tell whether strangers may be told of a route.
	 * @param route one of {@link #routes()}
	 * @return whether it is listed
	 */
	default boolean isDiscoverable(PricedRoute route) {
		return true;
	}

}
