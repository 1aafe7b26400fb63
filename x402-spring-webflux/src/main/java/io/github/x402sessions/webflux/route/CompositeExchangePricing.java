package io.github.x402sessions.webflux.route;

import java.util.Collection;
import java.util.List;

import io.github.x402sessions.core.terms.PricedRoute;
import io.github.x402sessions.webflux.ExchangePricing;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.web.server.ServerWebExchange;

/**
 * Several pricings as one: the first that knows an exchange has the say.
 */
public final class CompositeExchangePricing implements ExchangePricing {

	private final List<ExchangePricing> pricings;

	/**
	 * Create the pricing.
	 * @param pricings the pricings in the order of their precedence
	 */
	public CompositeExchangePricing(List<ExchangePricing> pricings) {
		this.pricings = List.copyOf(pricings);
	}

	@Override
	public Mono<PricedRoute> find(ServerWebExchange exchange) {
		return Flux.fromIterable(this.pricings).concatMap((pricing) -> pricing.find(exchange)).next();
	}

	@Override
	public Collection<PricedRoute> routes() {
		return this.pricings.stream().flatMap((pricing) -> pricing.routes().stream()).toList();
	}

	@Override
	public boolean isPricedPerRequest(PricedRoute route) {
		return this.pricings.stream().anyMatch((pricing) -> pricing.isPricedPerRequest(route));
	}

	@Override
	public boolean isDiscoverable(PricedRoute route) {
		return this.pricings.stream().allMatch((pricing) -> pricing.isDiscoverable(route));
	}

}
