package io.github.x402sessions.spring;

import io.github.x402sessions.core.gate.PricedRoute;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

/**
 * The price of a handler method: a fixed route, or one that is priced with each request.
 */
final class AnnotatedPrice {

	private final PricedRoute route;

	private final @Nullable RequestPricer pricer;

	private final AskedRoute asked;

	private final ConfiguredTerms terms;

	/**
	 * Create a price.
	 * @param asked the route; without its price if there is a pricer
	 * @param pricer prices each request, or {@code null} if the price is fixed
	 * @param terms the rest of the terms
	 * @throws InvalidX402ConfigurationException if the price is wrong
	 */
	AnnotatedPrice(AskedRoute asked, @Nullable RequestPricer pricer, ConfiguredTerms terms) {
		this.asked = asked;
		this.pricer = pricer;
		this.terms = terms;
		this.route = terms.route((pricer != null) ? asked.withPrice("1") : asked);
	}

	boolean isFixed() {
		return this.pricer == null;
	}

	/** Return the route as far as it is known without a request. */
	PricedRoute route() {
		return this.route;
	}

	/** Return what a request costs. */
	PricedRoute route(HttpServletRequest request) {
		return (this.pricer != null) ? this.terms.route(this.asked.withPrice(this.pricer.price(request))) : this.route;
	}

	String place() {
		return this.asked.place();
	}

}
