package io.github.x402sessions.spring.route;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import io.github.x402sessions.core.terms.PriceList;
import io.github.x402sessions.core.terms.PricedRoute;
import org.springframework.beans.factory.ObjectProvider;

/**
 * The routes of an application by what is known of their prices at start.
 *
 * @param fixed those that always cost the same
 * @param perRequest those that each request has a price of its own for
 */
public record KnownPrices(List<PricedRoute> fixed, List<PricedRoute> perRequest) {

	public static KnownPrices of(ObjectProvider<PriceList> pricing) {
		Map<Boolean, List<PricedRoute>> routes = pricing.orderedStream()
			.flatMap((prices) -> prices.routes()
				.stream()
				.map((route) -> Map.entry(prices.isPricedPerRequest(route), route)))
			.collect(Collectors.partitioningBy(Map.Entry::getKey,
					Collectors.mapping(Map.Entry::getValue, Collectors.toList())));
		return new KnownPrices(routes.getOrDefault(false, List.of()), routes.getOrDefault(true, List.of()));
	}

}
