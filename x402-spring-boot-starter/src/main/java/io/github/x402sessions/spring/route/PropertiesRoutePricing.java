package io.github.x402sessions.spring.route;

import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

import io.github.x402sessions.core.terms.PricedRoute;
import io.github.x402sessions.servlet.route.AmbiguousPathException;
import io.github.x402sessions.servlet.route.RoutePricing;
import io.github.x402sessions.spring.InvalidX402ConfigurationException;
import io.github.x402sessions.spring.X402Properties;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.http.server.PathContainer;
import org.springframework.http.server.RequestPath;
import org.springframework.util.StringUtils;
import org.springframework.web.util.UriUtils;

/**
 * Prices the {@link ConfiguredRoutes} of {@code x402.routes}. Their letters' case matters
 * if it matters to Spring MVC, which is known only once all of it exists.
 */
public final class PropertiesRoutePricing implements RoutePricing, SmartInitializingSingleton {

	private final ConfiguredPrices prices;

	private final Supplier<@Nullable ServedPaths> served;

	/**
	 * Create the pricing.
	 * @param routes the configured routes
	 * @param terms the rest of the terms
	 * @param caseSensitive tells whether patterns are; first asked when all singletons
	 * exist
	 * @param served finds the ways by which priced resources are reached under other
	 * names; first asked with the first request
	 * @param free reads which calls cost nothing
	 * @throws InvalidX402ConfigurationException if a route is wrong
	 */
	public PropertiesRoutePricing(List<X402Properties.Route> routes, ConfiguredTerms terms,
			BooleanSupplier caseSensitive, Supplier<@Nullable ServedPaths> served, FreeDeclarations free) {
		this.served = served;
		this.prices = new ConfiguredPrices(routes, terms, caseSensitive, free);
	}

	@Override
	public void afterSingletonsInstantiated() {
		this.prices.check();
	}

	@Override
	public Optional<PricedRoute> find(HttpServletRequest request) {
		return this.prices.routes().isEmpty() ? Optional.empty() : findServed(request).or(() -> findAsked(request));
	}

	private Optional<PricedRoute> findAsked(HttpServletRequest request) {
		return find(request, RoutePricing.path(request), request.getContextPath()).or(() -> findForwarded(request));
	}

	/**
	 * The container has normalised its reading, and what is behind this application may
	 * or may not do the same. So either costs what it says, and where they say different
	 * things neither is sold.
	 */
	private Optional<PricedRoute> find(HttpServletRequest request, String path, String contextPath) {
		Optional<PricedRoute> decoded = this.prices.decoded(request.getMethod(), path);
		Optional<PricedRoute> spelled = spelled(request, contextPath)
			.flatMap((container) -> this.prices.spelled(request.getMethod(), container));
		if (decoded.isPresent() && spelled.isPresent() && !decoded.equals(spelled)) {
			throw new AmbiguousPathException(decoded.get());
		}
		return decoded.or(() -> spelled);
	}

	/**
	 * Find the route of what a gateway asks its API for. A prefix that
	 * {@code X-Forwarded-Prefix} has put in front of the path is part of that; clients
	 * may have sent it, and no container has normalised it.
	 * @param request the request
	 * @return the route, or empty if the path has no such prefix or no price with it
	 * @throws AmbiguousPathException if it has two prices with it
	 */
	public Optional<PricedRoute> findForwarded(HttpServletRequest request) {
		return request.getContextPath().equals(request.getServletContext().getContextPath()) ? Optional.empty()
				: find(request, normalised(request.getRequestURI()), "");
	}

	private static String normalised(String uri) {
		try {
			String decoded = UriUtils.decode(uri.replaceAll(";[^/]*", ""), StandardCharsets.UTF_8);
			return StringUtils.cleanPath(decoded.replaceAll("/{2,}", "/"));
		}
		catch (IllegalArgumentException ex) {
			return uri;
		}
	}

	private static Optional<PathContainer> spelled(HttpServletRequest request, String contextPath) {
		try {
			return Optional.of(RequestPath.parse(request.getRequestURI(), contextPath).pathWithinApplication());
		}
		catch (IllegalArgumentException ex) {
			// Spring meets the same failure and runs nothing.
			return Optional.empty();
		}
	}

	/** A file costs what it costs by its own name, whatever name it is asked for by. */
	private Optional<PricedRoute> findServed(HttpServletRequest request) {
		ServedPaths paths = this.served.get();
		return (paths != null) ? paths.find(request).flatMap((path) -> this.prices.decoded(request.getMethod(), path))
				: Optional.empty();
	}

	/** Find the route of a path within the application, decoded. */
	public Optional<PricedRoute> find(String method, String path) {
		return this.prices.find(method, path, PathContainer.parsePath(path));
	}

	@Override
	public Collection<PricedRoute> routes() {
		return this.prices.routes();
	}

	/** Tell whether a route is one of this pricing. */
	public boolean knows(PricedRoute route) {
		return this.prices.routes().contains(route);
	}

}
