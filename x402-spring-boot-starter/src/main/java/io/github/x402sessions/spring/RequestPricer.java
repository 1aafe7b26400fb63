package io.github.x402sessions.spring;

import jakarta.servlet.http.HttpServletRequest;

/**
 * Prices each request for a handler method on its own: a bean that
 * {@link X402Price#priceFrom} names. Called for the request that asks for the price and
 * again for the one that pays it, so both should come to the same price; where they do
 * not, the client is asked again. Must not read the request's body. Implementations are
 * thread-safe.
 */
@FunctionalInterface
public interface RequestPricer {

	/**
	 * Price a request.
	 * @param request the request, with the attributes that Spring's mapping has set, such
	 * as path variables
	 * @return the price in whole tokens of the asset, as a decimal such as {@code 0.10};
	 * a wrong one fails the request with status 500 before anything runs
	 */
	String price(HttpServletRequest request);

}
