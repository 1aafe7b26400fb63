package io.github.x402sessions.spring.route;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

import io.github.x402sessions.core.terms.ChargedStatuses;
import io.github.x402sessions.core.terms.FreeCalls;
import io.github.x402sessions.core.terms.PricedRoute;
import io.github.x402sessions.spring.InvalidX402ConfigurationException;
import io.github.x402sessions.spring.X402Properties;
import org.springframework.http.server.PathContainer;
import org.springframework.util.function.SingletonSupplier;

/**
 * The prices of the routes of {@code x402.routes}, on whatever server. Their letters'
 * case matters if it matters to the framework that finds handlers, which is known only
 * once all of it exists.
 */
public final class ConfiguredPrices {

	private final List<PricedRoute> prices;

	private final Supplier<ConfiguredRoutes> routes;

	private final FreeDeclarations free;

	/**
	 * Read the routes.
	 * @param routes the configured routes
	 * @param terms the rest of the terms
	 * @param caseSensitive tells whether patterns are; first asked by {@link #check} or
	 * with the first request
	 * @param free reads which calls cost nothing
	 * @throws InvalidX402ConfigurationException if a route is wrong
	 */
	public ConfiguredPrices(List<X402Properties.Route> routes, ConfiguredTerms terms, BooleanSupplier caseSensitive,
			FreeDeclarations free) {
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

	/**
	 * Check the patterns together, and that what is said to be free is. To be called when
	 * all singletons exist.
	 * @throws InvalidX402ConfigurationException if two routes are the same, or nothing
	 * keeps free calls
	 */
	public void check() {
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

	/**
	 * Find the route of a path.
	 * @param method the request's method
	 * @param path the path within the application, decoded
	 * @param spelled the same as the client has spelled it
	 * @return the route, or empty if the path is free
	 */
	public Optional<PricedRoute> find(String method, String path, PathContainer spelled) {
		return configured().find(method, path, spelled);
	}

	private ConfiguredRoutes configured() {
		return this.routes.get();
	}

	/**
	 * Return all routes.
	 * @return the routes, as they are configured
	 */
	public List<PricedRoute> routes() {
		return this.prices;
	}

}
