package io.github.x402sessions.servlet.route;

import java.util.Comparator;
import java.util.Optional;
import java.util.function.Function;

import io.github.x402sessions.core.terms.PricedRoute;
import io.github.x402sessions.core.terms.RouteMethod;
import jakarta.servlet.http.HttpServletRequest;

/**
 * One line of a {@link RouteTable}.
 *
 * @param method the methods that are priced
 * @param path the path, or what the paths below it start with
 * @param prefix whether the paths below it are priced as well
 * @param fixed the route, if its price is known without a request
 * @param price computes what a request costs
 */
record RouteEntry(RouteMethod method, String path, boolean prefix, Optional<PricedRoute> fixed,
		Function<HttpServletRequest, PricedRoute> price) {

	/** One method before all. */
	static final Comparator<RouteEntry> ALL_LAST = Comparator
		.comparing((RouteEntry entry) -> entry.method().equals(RouteMethod.ALL));

	private static final String PREFIX_END = "/*";

	/**
	 * Create a line.
	 * @throws IllegalArgumentException if the path is neither exact nor a prefix
	 */
	static RouteEntry of(RouteMethod method, String path, Optional<PricedRoute> fixed,
			Function<HttpServletRequest, PricedRoute> price) {
		int star = path.indexOf('*');
		boolean prefix = path.endsWith(PREFIX_END) && star == path.length() - 1;
		if (!path.startsWith("/") || (star >= 0 && !prefix)) {
			throw new IllegalArgumentException(
					"path '" + path + "' must start with '/' and may have a '*' only as its last segment");
		}
		return new RouteEntry(method, prefix ? path.substring(0, star - 1) : path, prefix, fixed, price);
	}

	boolean isSameAs(RouteEntry other) {
		return this.prefix == other.prefix && this.path.equals(other.path) && this.method.equals(other.method);
	}

}
