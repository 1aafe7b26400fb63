package io.github.x402sessions.webflux.route;

import java.util.Collection;
import java.util.Optional;

import io.github.x402sessions.core.terms.PricedRoute;
import io.github.x402sessions.spring.route.ConfiguredPrices;
import io.github.x402sessions.webflux.ExchangePricing;
import reactor.core.publisher.Mono;

import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.http.server.PathContainer;
import org.springframework.http.server.RequestPath;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.server.ServerWebExchange;

/**
 * Prices the routes of {@code x402.routes}, whatever answers them: controllers, functions
 * or static resources.
 */
public final class ConfiguredExchangePricing implements ExchangePricing, SmartInitializingSingleton {

	private final ConfiguredPrices prices;

	/**
	 * Create the pricing.
	 * @param prices the configured routes
	 */
	public ConfiguredExchangePricing(ConfiguredPrices prices) {
		this.prices = prices;
	}

	@Override
	public void afterSingletonsInstantiated() {
		this.prices.check();
	}

	@Override
	public Mono<PricedRoute> find(ServerWebExchange exchange) {
		return this.prices.routes().isEmpty() ? Mono.empty()
				: Mono.defer(() -> Mono.justOrEmpty(find(exchange.getRequest())));
	}

	/** Find the route of a request as it is now. */
	Optional<PricedRoute> find(ServerHttpRequest request) {
		RequestPath path = request.getPath();
		return find(request, path.pathWithinApplication())
			.or(() -> path.contextPath().value().isEmpty() ? Optional.empty() : find(request, path));
	}

	/** A prefix that was forwarded is part of what a gateway asks its API for. */
	private Optional<PricedRoute> find(ServerHttpRequest request, PathContainer spelled) {
		for (String path : AnsweredPaths.of(spelled)) {
			Optional<PricedRoute> route = this.prices.find(request.getMethod().name(), path, spelled);
			if (route.isPresent()) {
				return route;
			}
		}
		return Optional.empty();
	}

	boolean knows(PricedRoute route) {
		return this.prices.routes().contains(route);
	}

	@Override
	public Collection<PricedRoute> routes() {
		return this.prices.routes();
	}

}
