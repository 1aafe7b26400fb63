package io.github.x402sessions.spring.route;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

import io.github.x402sessions.core.terms.ChargedStatuses;
import io.github.x402sessions.core.terms.FreeCalls;
import io.github.x402sessions.core.terms.PricedRoute;
import io.github.x402sessions.servlet.route.RoutePricing;
import io.github.x402sessions.spring.InvalidX402ConfigurationException;
import io.github.x402sessions.spring.X402Properties;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.http.server.PathContainer;
import org.springframework.util.function.SingletonSupplier;

/**
 * Prices the {@link ConfiguredRoutes} of {@code x402.routes}. Their letters' case matters
 * if it matters to Spring MVC, which is known only once all of it exists.
 */
public final class PropertiesRoutePricing implements RoutePricing, SmartInitializingSingleton {

	private final List<PricedRoute> prices;

	private final FreeDeclarations free;

	private final Supplier<ConfiguredRoutes> routes;

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
		this.free = free;
		List<PricedRoute> prices = new ArrayList<>();
		for (int i = 0; i < routes.size(); i++) {
			String place = "x402.routes[" + i + "]";
			X402Properties.Route route = routes.get(i);
			PricedRoute price = terms
				.route(new RouteDefinition(place, ConfiguredRoutes.pattern(place + ".path", route.path()),
						route.terms(place), route.settlement(), route.description(), route.mimeType()));
			prices.add(price.withCharged(charged(place + ".charge-on", route.chargeOn()))
				.withIdentifierRequired(
						Objects.requireNonNullElse(route.requireIdentifier(), price.identifierRequired()))
				.withDeclaration(DeclarationFile.read(place + ".declaration", route.declaration()))
				.withFree(FreeDeclarations.ofRoute(place, route)));
		}
		this.prices = List.copyOf(prices);
		this.routes = SingletonSupplier
			.of(() -> new ConfiguredRoutes(routes, this.prices, caseSensitive.getAsBoolean()));
	}

	private static ChargedStatuses charged(String place, List<String> statuses) {
		try {
			return statuses.isEmpty() ? ChargedStatuses.defaults() : ChargedStatuses.of(statuses);
		}
		catch (IllegalArgumentException ex) {
			throw new InvalidX402ConfigurationException(place, String.valueOf(ex.getMessage()),
					"Set " + place + " to statuses such as 200, 200-206 or 2xx, or leave it out.");
		}
	}

	@Override
	public void afterSingletonsInstantiated() {
		configured();
		for (int i = 0; i < this.prices.size(); i++) {
			FreeCalls calls = this.prices.get(i).free();
			if (calls != null) {
				this.free.check(
						"x402.routes[" + i + "]" + ((calls.condition() != null) ? ".free-for" : ".free-per-day"), calls,
						Set.of());
			}
		}
	}

	@Override
	public Optional<PricedRoute> find(HttpServletRequest request) {
		return this.prices.isEmpty() ? Optional.empty() : configured().find(request).or(() -> findServed(request));
	}

	private Optional<PricedRoute> findServed(HttpServletRequest request) {
		ServedPaths paths = this.served.get();
		return (paths != null) ? paths.find(request).flatMap((path) -> find(request.getMethod(), path))
				: Optional.empty();
	}

	/**
	 * Find the route of what a gateway asks its API for, where clients may have put
	 * {@code X-Forwarded-Prefix} in front of their path.
	 */
	public Optional<PricedRoute> findForwarded(HttpServletRequest request) {
		return this.prices.isEmpty() ? Optional.empty() : configured().findForwarded(request);
	}

	/** Find the route of a path within the application, decoded. */
	public Optional<PricedRoute> find(String method, String path) {
		return configured().find(method, path, PathContainer.parsePath(path));
	}

	@Override
	public Collection<PricedRoute> routes() {
		return this.prices;
	}

	private ConfiguredRoutes configured() {
		return this.routes.get();
	}

	/** Tell whether a route is one of this pricing. */
	public boolean knows(PricedRoute route) {
		return this.prices.contains(route);
	}

}
