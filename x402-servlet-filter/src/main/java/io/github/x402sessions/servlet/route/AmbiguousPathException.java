package io.github.x402sessions.servlet.route;

import java.util.Objects;

import io.github.x402sessions.core.terms.PricedRoute;

/**
 * Thrown by a {@link RoutePricing} for a path that has one price by one reading and
 * another by another, such as {@code /cheap/../dear}. The filter answers 400 and runs
 * nothing.
 */
public final class AmbiguousPathException extends RuntimeException {

	private final transient PricedRoute route;

	/**
	 * Create the exception.
	 * @param route one of the routes
	 */
	public AmbiguousPathException(PricedRoute route) {
		super("the path has two prices");
		this.route = Objects.requireNonNull(route, "route");
	}

	/**
	 * Return one of the routes, so that the request is known to be priced.
	 * @return the route
	 */
	public PricedRoute route() {
		return this.route;
	}

}
