package io.github.x402sessions.webflux.route;

import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

import io.github.x402sessions.core.terms.PricedRoute;
import io.github.x402sessions.spring.InvalidX402ConfigurationException;
import io.github.x402sessions.spring.X402Price;
import io.github.x402sessions.spring.route.AnnotatedPrice;
import io.github.x402sessions.spring.route.BeanTypes;
import io.github.x402sessions.spring.route.ForeignPrices;
import io.github.x402sessions.spring.route.PriceReader;
import io.github.x402sessions.spring.route.PricedHandler;
import io.github.x402sessions.spring.route.UnmappedAnnotationCheck;
import io.github.x402sessions.webflux.ExchangePricing;
import reactor.core.publisher.Mono;

import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.server.ServerWebExchange;

/**
 * Prices handler methods that carry {@link X402Price}, by asking Spring's own mappings
 * which method an exchange will reach, so that both always agree on it. All prices are
 * checked at start, and so is that each belongs to a method that requests can reach.
 */
public final class AnnotatedExchangePricing implements ExchangePricing, SmartInitializingSingleton {

	private final ReactiveHandlers handlers;

	private final BeanTypes types;

	private final PriceReader reader;

	private final ForeignPrices foreign;

	private final Map<PricedHandler, Optional<AnnotatedPrice>> prices = new ConcurrentHashMap<>();

	/**
	 * Create the pricing.
	 * @param handlers knows the mappings; first asked when all singletons exist
	 * @param types the classes of all beans
	 * @param reader reads the prices
	 * @param foreign the prices of what is no handler
	 */
	public AnnotatedExchangePricing(ReactiveHandlers handlers, BeanTypes types, PriceReader reader,
			ForeignPrices foreign) {
		this.handlers = handlers;
		this.types = types;
		this.reader = reader;
		this.foreign = foreign;
	}

	@Override
	public void afterSingletonsInstantiated() {
		this.handlers.methods().forEach((info, handler) -> price(info.toString(), handler));
		new UnmappedAnnotationCheck(this.prices, this.foreign).requireAll(this.types.all());
	}

	@Override
	public Mono<PricedRoute> find(ServerWebExchange exchange) {
		return this.prices.values().stream().anyMatch(Optional::isPresent)
				? this.handlers.find(exchange).flatMap((handler) -> Mono.justOrEmpty(price(handler))) : Mono.empty();
	}

	/** Return the price of a method, or empty if it is free. */
	Optional<PricedRoute> price(HandlerMethod handler) {
		return price(handler.getMethod().getName(), handler);
	}

	private Optional<PricedRoute> price(String name, HandlerMethod handler) {
		return this.prices
			.computeIfAbsent(this.handlers.implementation(handler),
					(key) -> Optional.ofNullable(key.price(handler.getMethod()))
						.map((found) -> fixed(this.reader.read(key.place(), name, found))))
			.map(AnnotatedPrice::route);
	}

	/** What prices requests knows requests of servlets only. */
	private static AnnotatedPrice fixed(AnnotatedPrice price) {
		if (!price.isFixed()) {
			throw new InvalidX402ConfigurationException(price.place(),
					"a RequestPricer prices servlet requests, and this is a WebFlux application",
					"Remove priceFrom from the annotation, and declare a bean of type ExchangePricing that prices "
							+ "the exchanges of this method.");
		}
		return price;
	}

	boolean knows(PricedRoute route) {
		return routes().contains(route);
	}

	@Override
	public Collection<PricedRoute> routes() {
		return this.prices.values().stream().flatMap(Optional::stream).map(AnnotatedPrice::route).toList();
	}

	@Override
	public boolean isDiscoverable(PricedRoute route) {
		return this.prices.values()
			.stream()
			.flatMap(Optional::stream)
			.filter((price) -> price.route().equals(route))
			.allMatch((price) -> price.discoverable().orElse(true));
	}

}
