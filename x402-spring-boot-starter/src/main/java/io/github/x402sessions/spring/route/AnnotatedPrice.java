package io.github.x402sessions.spring.route;

import java.util.Optional;

import io.github.x402sessions.core.bazaar.BazaarDeclaration;
import io.github.x402sessions.core.terms.FreeCalls;
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

	private final @Nullable Boolean discoverable;

	private final @Nullable BazaarDeclaration declaration;

	private final @Nullable FreeCalls free;

	/**
	 * Create a price.
	 * @param asked the route; without its price if there is a pricer
	 * @param pricer prices each request, or {@code null} if the price is fixed
	 * @param terms the rest of the terms
	 * @param discoverable whether catalogues are told, or {@code null} if the annotation
	 * does not say
	 * @param free which calls cost nothing, or {@code null} if all are paid for
	 * @throws InvalidX402ConfigurationException if the price is wrong
	 */
	AnnotatedPrice(RouteDefinition asked, @Nullable RequestPricer pricer, ConfiguredTerms terms,
			@Nullable Boolean discoverable, @Nullable FreeCalls free) {
		this(asked, pricer, terms, discoverable, free, null);
	}

	private AnnotatedPrice(RouteDefinition asked, @Nullable RequestPricer pricer, ConfiguredTerms terms,
			@Nullable Boolean discoverable, @Nullable FreeCalls free, @Nullable BazaarDeclaration declaration) {
		this.asked = asked;
		this.pricer = pricer;
		this.terms = terms;
		this.discoverable = discoverable;
		this.declaration = declaration;
		this.free = free;
		this.route = declared((pricer != null) ? asked.withPrice("1") : asked);
	}

	private PricedRoute declared(RouteDefinition definition) {
		return this.terms.route(definition).withDeclaration(this.declaration).withFree(this.free);
	}

	/**
	 * Tell catalogues of the call.
	 * @param description what is sold, if the annotation does not say
	 * @param declaration what they are told
	 * @return a changed price
	 */
	public AnnotatedPrice declaring(@Nullable String description, BazaarDeclaration declaration) {
		RouteDefinition described = (this.asked.description() != null) ? this.asked
				: this.asked.withDescription(description);
		return new AnnotatedPrice(described, this.pricer, this.terms, this.discoverable, this.free, declaration);
	}

	/**
	 * Tell nobody of it.
	 * @return a changed price
	 */
	public AnnotatedPrice undiscoverable() {
		return new AnnotatedPrice(this.asked, this.pricer, this.terms, false, this.free, null);
	}

	/** Return whether catalogues are told, where the annotation says so. */
	public Optional<Boolean> discoverable() {
		return Optional.ofNullable(this.discoverable);
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
		return (this.pricer != null) ? declared(this.asked.withPrice(this.pricer.price(request))) : this.route;
	}

	public String place() {
		return this.asked.place();
	}

}
