package io.github.x402sessions.spring.webmvc;

import java.util.List;
import java.util.Optional;

import io.github.x402sessions.spring.InvalidX402ConfigurationException;
import io.github.x402sessions.spring.X402Properties;
import io.github.x402sessions.spring.route.PathOverlap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.web.servlet.HandlerMapping;
import org.springframework.web.servlet.function.support.RouterFunctionMapping;

/**
 * Tells at start which configured routes are narrower than the route of Spring Cloud
 * Gateway that they have a price for: a lenient upstream takes other spellings for the
 * same path, and the gateway passes them on for free.
 */
public final class GatewayRouteCheck implements SmartInitializingSingleton {

	private static final Logger logger = LoggerFactory.getLogger(GatewayRouteCheck.class);

	private final List<X402Properties.Route> routes;

	private final ControllerMethods methods;

	private final String servletPrefix;

	private final boolean strict;

	/**
	 * Create the check.
	 * @param properties the configured routes, and whether the start is strict
	 * @param methods knows the mappings
	 * @param servletPrefix what the dispatcher's own path puts in front of all mappings
	 */
	public GatewayRouteCheck(X402Properties properties, ControllerMethods methods, String servletPrefix) {
		this.routes = properties.routes();
		this.strict = properties.facilitator().strictStart();
		this.methods = methods;
		this.servletPrefix = servletPrefix;
	}

	@Override
	public void afterSingletonsInstantiated() {
		if (this.routes.isEmpty()) {
			return;
		}
		List<String> wide = this.methods.mappings()
			.stream()
			.flatMap((mapping) -> proxied(mapping).stream())
			.map((pattern) -> this.servletPrefix + pattern)
			.filter((pattern) -> !PathOverlap.isLiteral(pattern))
			.distinct()
			.toList();
		for (int i = 0; i < this.routes.size(); i++) {
			check("x402.routes[" + i + "].path", this.routes.get(i), wide);
		}
	}

	private static List<String> proxied(HandlerMapping mapping) {
		return (mapping instanceof RouterFunctionMapping functions && functions.getRouterFunction() != null)
				? ProxiedPaths.of(functions.getRouterFunction()) : List.of();
	}

	private void check(String place, X402Properties.Route route, List<String> wide) {
		String path = String.valueOf(route.path());
		Optional<String> found = wide.stream()
			.filter((pattern) -> PathOverlap.of(path, pattern) && !isCovered(pattern, route))
			.findFirst();
		found.ifPresent((pattern) -> tell(place, path, pattern));
	}

	/** By any price that those who ask for the route have to pay too. */
	private boolean isCovered(String pattern, X402Properties.Route route) {
		return this.routes.stream()
			.filter((other) -> other.method() == null || other.method().equals(route.method()))
			.anyMatch((other) -> PathOverlap.covers(String.valueOf(other.path()), pattern));
	}

	private void tell(String place, String path, String pattern) {
		String problem = "'" + path + "' has a price, but the gateway routes all of '" + pattern
				+ "', so what its upstream takes for the same path, as many do with a '%20' or '.' behind it, is free";
		if (this.strict) {
			throw new InvalidX402ConfigurationException(place, problem,
					"Add a route for " + pattern + ", or let the gateway route single paths.");
		}
		logger.warn("{}: {}. Price '{}' too", place, problem, pattern);
	}

}
