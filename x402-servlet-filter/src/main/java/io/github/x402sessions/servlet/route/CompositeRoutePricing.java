package io.github.x402sessions.servlet.route;

import java.util.Collection;
import java.util.List;
import java.util.Optional;

import io.github.x402sessions.core.terms.PricedRoute;
import jakarta.servlet.http.HttpServletRequest;

/**
 * Asks several pricings in order; the first that knows a price has it.
 */
public final class CompositeRoutePricing implements RoutePricing {

	private final List<RoutePricing> delegates;

	/**
	 * Create a composite.
	 * @param delegates the pricings, the first to be asked first
	 */
	public CompositeRoutePricing(List<RoutePricing> delegates) {
		this.delegates = List.copyOf(delegates);
	}

	@Override
	public Optional<PricedRoute> find(HttpServletRequest request) {
		for (RoutePricing delegate : this.delegates) {
			Optional<PricedRoute> route = delegate.find(request);
			if (route.isPresent()) {
				return route;
			}
		}
		return Optional.empty();
	}

	@Override
	public Collection<PricedRoute> routes() {
		return this.delegates.stream().flatMap((delegate) -> delegate.routes().stream()).toList();
	}

}
