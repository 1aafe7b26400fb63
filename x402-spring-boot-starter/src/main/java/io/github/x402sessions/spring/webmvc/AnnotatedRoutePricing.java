package io.github.x402sessions.spring.webmvc;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

import io.github.x402sessions.core.terms.PricedRoute;
import io.github.x402sessions.servlet.route.RoutePricing;
import io.github.x402sessions.spring.InvalidX402ConfigurationException;
import io.github.x402sessions.spring.X402Price;
import io.github.x402sessions.spring.route.AnnotatedPrice;
import io.github.x402sessions.spring.route.BeanTypes;
import io.github.x402sessions.spring.route.ForeignPrices;
import io.github.x402sessions.spring.route.FreeAccess;
import io.github.x402sessions.spring.route.PriceReader;
import io.github.x402sessions.spring.route.PricedHandler;
import io.github.x402sessions.spring.route.UnmappedAnnotationCheck;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.util.function.SingletonSupplier;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerExecutionChain;
import org.springframework.web.servlet.HandlerMapping;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;

/**
 * Prices handler methods that carry {@link X402Price}, by asking Spring's own mappings
 * which method a request will reach, so that both always agree on it. All prices are
 * checked at start, and so is that each belongs to a method that requests can reach.
 */
public final class AnnotatedRoutePricing implements RoutePricing, SmartInitializingSingleton {

	/** The request attribute with the handler that a request was priced for. */
	private static final String PRICED = AnnotatedRoutePricing.class.getName() + ".PRICED";

	private final ControllerMethods methods;

	private final PriceReader reader;

	private final BeanTypes types;

	private final HandlerLookup lookup;

	private final ForeignPrices foreign;

	private final Supplier<@Nullable HandlerDeclarations> declarations;

	private final Map<PricedHandler, Optional<AnnotatedPrice>> prices = new ConcurrentHashMap<>();

	private final Supplier<Map<RequestMappingInfo, AnnotatedPrice>> mapped = SingletonSupplier.of(this::readMapped);

	/**
	 * Create the pricing.
	 * @param methods knows the mappings and their methods; first asked when all
	 * singletons exist
	 * @param lookup finds handlers
	 * @param types the classes of all beans
	 * @param reader reads the prices
	 * @param foreign the prices of what is no handler
	 * @param declarations finds what tells catalogues of handlers, or {@code null}; asked
	 * when all singletons exist
	 */
	public AnnotatedRoutePricing(ControllerMethods methods, HandlerLookup lookup, BeanTypes types, PriceReader reader,
			ForeignPrices foreign, Supplier<@Nullable HandlerDeclarations> declarations) {
		this.foreign = foreign;
		this.declarations = declarations;
		this.methods = methods;
		this.lookup = lookup;
		this.types = types;
		this.reader = reader;
	}

	@Override
	public void afterSingletonsInstantiated() {
		mapped();
		new UnmappedAnnotationCheck(this.prices, this.foreign).requireAll(this.types.all());
		HandlerDeclarations declarations = this.declarations.get();
		if (declarations != null) {
			this.methods.handlers().forEach((info, handler) -> declare(info, handler, declarations));
		}
	}

	/** A handler of several mappings is told of by the first of them. */
	private void declare(RequestMappingInfo info, HandlerMethod handler, HandlerDeclarations declarations) {
		price(handler).filter((price) -> price.route().declaration() == null)
			.ifPresent((price) -> this.prices.put(this.methods.implementation(handler),
					Optional.of(declarations.declare(info, handler, price))));
	}

	@Override
	public boolean isDiscoverable(PricedRoute route) {
		return this.prices.values()
			.stream()
			.flatMap(Optional::stream)
			.filter((price) -> price.route().equals(route))
			.allMatch((price) -> price.discoverable().orElse(true));
	}

	private Map<RequestMappingInfo, AnnotatedPrice> readMapped() {
		Map<RequestMappingInfo, AnnotatedPrice> mapped = new LinkedHashMap<>();
		this.methods.handlers()
			.forEach((info, handler) -> price(String.join(" ", info.getPatternValues()), handler)
				.ifPresent((price) -> mapped.put(info, price)));
		this.prices.forEach((method, price) -> price.ifPresent((found) -> requireServableForFree(method, found)));
		return mapped;
	}

	private static void requireServableForFree(PricedHandler handler, AnnotatedPrice price) {
		if (price.route().free() != null && PaymentArgumentResolver.isRequiredBy(handler.method())) {
			throw new InvalidX402ConfigurationException(price.place(),
					"some of its calls are free, and there is no payment for those, which it has an argument for",
					"Take an Optional of the payment, or leave freeFor and freePerDay out.");
		}
	}

	@Override
	public Optional<PricedRoute> find(HttpServletRequest request) {
		ProbeRequest probe = new ProbeRequest(request);
		HandlerExecutionChain chain = this.lookup.find(request, probe, this.methods.mappingsOfMethods());
		if (chain == null || !(chain.getHandler() instanceof HandlerMethod handler)) {
			return Optional.empty();
		}
		return price(handler).map((price) -> {
			request.setAttribute(PRICED, this.methods.implementation(handler));
			if (price.route().free() != null) {
				request.setAttribute(FreeAccess.PATH_VARIABLES,
						probe.getAttribute(HandlerMapping.URI_TEMPLATE_VARIABLES_ATTRIBUTE));
			}
			return price.route(probe);
		});
	}

	@Override
	public Collection<PricedRoute> routes() {
		return this.prices.values().stream().flatMap(Optional::stream).map(AnnotatedPrice::route).toList();
	}

	@Override
	public boolean isPricedPerRequest(PricedRoute route) {
		return this.prices.values()
			.stream()
			.flatMap(Optional::stream)
			.anyMatch((price) -> !price.isFixed() && price.route().equals(route));
	}

	/** Return the prices by the mappings of their methods, once all singletons exist. */
	Map<RequestMappingInfo, AnnotatedPrice> mapped() {
		return this.mapped.get();
	}

	/** Return the price of a method, or empty if it is free. */
	public Optional<AnnotatedPrice> price(HandlerMethod handler) {
		return price(handler.getMethod().getName(), handler);
	}

	/**
	 * Tell whether a request was priced for the handler that is about to run.
	 * @param handler the handler
	 * @param price its price
	 * @param decided the route by which the filter has let it through
	 */
	boolean isPricedFor(HttpServletRequest request, HandlerMethod handler, AnnotatedPrice price, PricedRoute decided) {
		return price.isFixed() ? decided.equals(price.route())
				: this.methods.implementation(handler).equals(request.getAttribute(PRICED));
	}

	/** Tell whether a request was let through by a price of this pricing. */
	boolean knows(HttpServletRequest request, PricedRoute route) {
		return request.getAttribute(PRICED) != null || routes().contains(route);
	}

	private Optional<AnnotatedPrice> price(String name, HandlerMethod handler) {
		return this.prices.computeIfAbsent(this.methods.implementation(handler),
				(key) -> Optional.ofNullable(key.price(handler.getMethod()))
					.map((found) -> this.reader.read(key.place(), name, found)));
	}

}
