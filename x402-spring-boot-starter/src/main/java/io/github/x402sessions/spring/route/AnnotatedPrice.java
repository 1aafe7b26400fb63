package io.github.x402sessions.spring.route;

import io.github.x402sessions.core.terms.PricedRoute;
import io.github.x402sessions.spring.InvalidX402ConfigurationException;
import io.github.x402sessions.spring.RequestPricer;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

/**
 * The price of a handler method: a fixed route, or one that is priced with each request.
 */
public final class AnnotatedPrice {

	private final PricedRoute route;

	private final @Nullable RequestPricer pricer;

	private final RouteDefinition asked;

	private final ConfiguredTerms terms;

	/**
	 * Create a price.
	 * @param asked the route; without its price if there is a pricer
	 * @param pricer prices each request, or {@code null} if the price is fixed
	 * @param terms the rest of the terms
	 * @throws InvalidX402ConfigurationException if the price is wrong
	 */
	AnnotatedPrice(RouteDefinition asked, @Nullable RequestPricer pricer, ConfiguredTerms terms) {
		this.asked = asked;
		this.pricer = pricer;
		this.terms = terms;
		this.route = terms.route((pricer != null) ? asked.withPrice("1") : asked);
	}

	public boolean isFixed() {
		return this.pricer == null;
	}

	/** Return the route as far as it is known without a request. */
	public PricedRoute route() {
		return this.route;
	}

	/** Return what a request costs. */
	public PricedRoute route(HttpServletRequest request) {
		return (this.pricer != null) ? this.terms.route(this.asked.withPrice(this.pricer.price(request))) : this.route;
	}

	public String place() {
		return this.asked.place();
	}

}
