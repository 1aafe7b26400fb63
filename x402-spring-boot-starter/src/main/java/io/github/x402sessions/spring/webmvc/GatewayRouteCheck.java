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
		List<String> met = wide.stream().filter((pattern) -> PathOverlap.of(path, pattern)).toList();
		for (String pattern : met) {
			if (covering(pattern, route).isEmpty()) {
				tell(place, path, pattern);
				return;
			}
		}
		for (String pattern : met) {
			X402Properties.Route other = covering(pattern, route).orElseThrow();
			if (!PathOverlap.covers(path, pattern) && !isSamePrice(place, other, route)) {
				tellOfTwo(place, path, pattern, "x402.routes[" + this.routes.indexOf(other) + "]");
				return;
			}
		}
	}

	/** The price that those who ask for all of a gateway's route have to pay too. */
	private Optional<X402Properties.Route> covering(String pattern, X402Properties.Route route) {
		return this.routes.stream()
			.filter((other) -> other.method() == null || other.method().equals(route.method()))
			.filter((other) -> PathOverlap.covers(String.valueOf(other.path()), pattern))
			.reduce((one, other) -> PathOverlap.covers(String.valueOf(one.path()), String.valueOf(other.path())) ? other
					: one);
	}

	private static boolean isSamePrice(String place, X402Properties.Route one, X402Properties.Route other) {
		return one.terms(place).equals(other.terms(place));
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

	private static void tellOfTwo(String place, String path, String pattern, String other) {
		logger.warn("{}: '{}' has a price of its own, but the gateway routes all of '{}', so what its upstream takes "
				+ "for the same path, as many do with capital letters or a '.json' behind it, is sold for the price "
				+ "of {}. Its upstream has to be strict, or the prices the same", place, path, pattern, other);
	}

}
