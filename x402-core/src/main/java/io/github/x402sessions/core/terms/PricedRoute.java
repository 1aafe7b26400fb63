package io.github.x402sessions.core.terms;

import java.util.List;
import java.util.Objects;

import io.github.x402sessions.core.bazaar.BazaarDeclaration;
import io.github.x402sessions.core.protocol.ResourceInfo;
import io.github.x402sessions.core.protocol.ServiceInfo;
import org.jspecify.annotations.Nullable;

/**
 * A resource with a price.
 *
 * @param name the route's name in logs: its pattern, never a concrete URL
 * @param accepts the ways to pay, in order of preference; at least one
 * @param description what the resource is, for people; optional
 * @param mimeType the media type of its answer; optional
 * @param timing when a payment is settled
 * @param charged which answers are paid for
 * @param service who sells it
 * @param identifierRequired whether a payment has to have a payment identifier
 * @param declaration what catalogues are told of the call; absent if nothing
 * @param free which calls cost nothing; absent if all are paid for
 */
public record PricedRoute(String name, List<PaymentTerms> accepts, @Nullable String description,
		@Nullable String mimeType, SettlementTiming timing, ChargedStatuses charged, ServiceInfo service,
		boolean identifierRequired, @Nullable BazaarDeclaration declaration, @Nullable FreeCalls free) {

	/**
	 * Check the fields.
	 * @throws IllegalArgumentException if {@code accepts} is empty
	 */
	public PricedRoute {
		Objects.requireNonNull(name, "name");
		Objects.requireNonNull(timing, "timing");
		Objects.requireNonNull(charged, "charged");
		Objects.requireNonNull(service, "service");
		accepts = List.copyOf(accepts);
		if (accepts.isEmpty()) {
			throw new IllegalArgumentException("route '" + name + "' accepts no payment");
		}
	}

	/**
	 * Create a route that is paid for unless its handler fails.
	 * @param name the route's name
	 * @param accepts the ways to pay
	 * @param description what the resource is, or {@code null}
	 * @param mimeType the media type of its answer, or {@code null}
	 * @param timing when a payment is settled
	 */
	public PricedRoute(String name, List<PaymentTerms> accepts, @Nullable String description, @Nullable String mimeType,
			SettlementTiming timing) {
		this(name, accepts, description, mimeType, timing, ChargedStatuses.defaults(), ServiceInfo.NONE, false, null,
				null);
	}

	/**
	 * Create a route that is settled at commit.
	 * @param name the route's name
	 * @param accepts the ways to pay
	 * @param description what the resource is, or {@code null}
	 * @param mimeType the media type of its answer, or {@code null}
	 */
	public PricedRoute(String name, List<PaymentTerms> accepts, @Nullable String description,
			@Nullable String mimeType) {
		this(name, accepts, description, mimeType, SettlementTiming.AT_COMMIT);
	}

	/**
	 * Create a route with one way to pay and no description.
	 * @param name the route's name
	 * @param terms the way to pay
	 * @return the route
	 */
	public static PricedRoute of(String name, PaymentTerms terms) {
		return new PricedRoute(name, List.of(terms), null, null);
	}

	/**
	 * Change when a payment is settled.
	 * @param timing the timing
	 * @return a changed route
	 */
	public PricedRoute withTiming(SettlementTiming timing) {
		return new PricedRoute(this.name, this.accepts, this.description, this.mimeType, timing, this.charged,
				this.service, this.identifierRequired, this.declaration, this.free);
	}

	/**
	 * Change which answers are paid for.
	 * @param charged the statuses that cost
	 * @return a changed route
	 */
	public PricedRoute withCharged(ChargedStatuses charged) {
		return new PricedRoute(this.name, this.accepts, this.description, this.mimeType, this.timing, charged,
				this.service, this.identifierRequired, this.declaration, this.free);
	}

	/**
	 * Say who sells it.
	 * @param service the service
	 * @return a changed route
	 */
	public PricedRoute withService(ServiceInfo service) {
		return new PricedRoute(this.name, this.accepts, this.description, this.mimeType, this.timing, this.charged,
				service, this.identifierRequired, this.declaration, this.free);
	}

	/**
	 * Take only payments with a payment identifier, whose clients can ask again without
	 * paying again. One without is answered 400.
	 * @param required whether there has to be one
	 * @return a changed route
	 */
	public PricedRoute withIdentifierRequired(boolean required) {
		return new PricedRoute(this.name, this.accepts, this.description, this.mimeType, this.timing, this.charged,
				this.service, required, this.declaration, this.free);
	}

	/**
	 * Tell catalogues of the call.
	 * @param declaration what they are told, or {@code null} for nothing
	 * @return a changed route
	 */
	public PricedRoute withDeclaration(@Nullable BazaarDeclaration declaration) {
		return new PricedRoute(this.name, this.accepts, this.description, this.mimeType, this.timing, this.charged,
				this.service, this.identifierRequired, declaration, this.free);
	}

	/**
	 * Say which calls cost nothing.
	 * @param free the calls, or {@code null} if all are paid for
	 * @return a changed route
	 */
	public PricedRoute withFree(@Nullable FreeCalls free) {
		return new PricedRoute(this.name, this.accepts, this.description, this.mimeType, this.timing, this.charged,
				this.service, this.identifierRequired, this.declaration, free);
	}

	/**
	 * Return the ways to pay that may be settled later on, as far as the route goes: not
	 * every facilitator does.
	 * @return the terms, in the route's order
	 */
	public List<PaymentTerms> deferrable() {
		return this.accepts.stream()
			.filter((terms) -> this.timing == SettlementTiming.DEFERRED || terms.isDeferred())
			.toList();
	}

	/**
	 * Describe the resource in a challenge.
	 * @param url the resource's absolute URL
	 * @return what is sold, and by whom
	 */
	public ResourceInfo resource(String url) {
		return this.service.in(new ResourceInfo(url, this.description, this.mimeType));
	}

}
