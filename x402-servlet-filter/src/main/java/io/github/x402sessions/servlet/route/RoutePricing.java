package io.github.x402sessions.servlet.route;

import java.util.Optional;

import io.github.x402sessions.core.terms.PriceList;
import io.github.x402sessions.core.terms.PricedRoute;
import jakarta.servlet.http.HttpServletRequest;

/**
 * Tells what a request costs. Implementations are thread-safe, do not read the request's
 * body and look at the path as the container decoded it: {@link #path}. A request that
 * the application would answer from a priced handler must be found however its URL is
 * spelled.
 *
 * @see RouteTable
 */
@FunctionalInterface
public interface RoutePricing extends PriceList {

	/**
	 * The request attribute that holds the route by which the filter let the handler run:
	 * because its payment was verified or because a listener has granted it. It is absent
	 * from requests that the filter took for free ones.
	 */
	String AUTHORIZED_ROUTE = RoutePricing.class.getName() + ".AUTHORIZED_ROUTE";

	/**
	 * Find the priced route that a request is for.
	 * @param request the request
	 * @return the route, or empty if the request is free
	 * @throws AmbiguousPathException if its path has two prices, depending on who reads
	 * it
	 */
	Optional<PricedRoute> find(HttpServletRequest request);

	/**
	 * Return the path that the container matched its servlets against: decoded,
	 * normalised, without path parameters and context path.
	 * @param request the request
	 * @return the path, starting with a slash
	 */
	static String path(HttpServletRequest request) {
		String pathInfo = request.getPathInfo();
		return (pathInfo != null) ? request.getServletPath() + pathInfo : request.getServletPath();
	}

}
