package io.github.x402sessions.spring;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

import io.github.x402sessions.core.gate.PricedRoute;
import io.github.x402sessions.servlet.RoutePricing;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.util.function.SingletonSupplier;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerExecutionChain;
import org.springframework.web.servlet.handler.AbstractHandlerMapping;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.util.ServletRequestPathUtils;

/**
 * Prices handler methods that carry {@link X402Price}, by asking Spring's own mappings
 * which method a request will reach, so that both always agree on it. All prices are
 * checked at start, and so is that each belongs to a method that requests can reach.
 */
final class AnnotatedRoutePricing implements RoutePricing, SmartInitializingSingleton {

	/** The request attribute with the handler that a request was priced for. */
	private static final String PRICED = AnnotatedRoutePricing.class.getName() + ".PRICED";

	private final ControllerMethods methods;

	private final PriceReader reader;

	private final Map<PricedHandler, Optional<AnnotatedPrice>> prices = new ConcurrentHashMap<>();

	private final Supplier<Map<RequestMappingInfo, AnnotatedPrice>> mapped = SingletonSupplier.of(this::readMapped);

	/**
	 * Create the pricing.
	 * @param methods knows the mappings and their methods; first asked when all
	 * singletons exist
	 * @param reader reads the prices
	 */
	AnnotatedRoutePricing(ControllerMethods methods, PriceReader reader) {
		this.methods = methods;
		this.reader = reader;
	}

	@Override
	public void afterSingletonsInstantiated() {
		mapped();
		this.methods.ofControllers((method) -> PricedHandler.annotation(method) != null).forEach(this::requireMapped);
		this.methods.controllers((type) -> PricedHandler.annotation(type) != null).forEach(this::requireMapped);
	}

	private Map<RequestMappingInfo, AnnotatedPrice> readMapped() {
		Map<RequestMappingInfo, AnnotatedPrice> mapped = new LinkedHashMap<>();
		this.methods.handlers()
			.forEach((info, handler) -> price(String.join(" ", info.getPatternValues()), handler)
				.ifPresent((price) -> mapped.put(info, price)));
		return mapped;
	}

	private void requireMapped(PricedHandler handler) {
		if (!this.prices.containsKey(handler)) {
			throw new InvalidX402ConfigurationException(handler.place(), "no handler mapping runs this method",
					"Map the method with @RequestMapping or a variant of it, on the interface too if the bean is "
							+ "a JDK proxy, or remove @X402Price.");
		}
	}

	private void requireMapped(Class<?> type) {
		if (this.prices.keySet().stream().noneMatch((handler) -> handler.type() == type)) {
			throw new InvalidX402ConfigurationException("@X402Price on " + type.getName(),
					"no handler mapping runs a method of this class",
					"Map its methods with @RequestMapping or a variant of it, or remove @X402Price.");
		}
	}

	@Override
	public Optional<PricedRoute> find(HttpServletRequest request) {
		HttpServletRequest probe = new ProbeRequest(request);
		HandlerMethod handler = handler(probe);
		if (handler == null) {
			return Optional.empty();
		}
		return price(handler).map((price) -> {
			request.setAttribute(PRICED, this.methods.implementation(handler));
			return price.route(probe);
		});
	}

	private @Nullable HandlerMethod handler(HttpServletRequest probe) {
		try {
			ServletRequestPathUtils.parseAndCache(probe);
			for (AbstractHandlerMapping mapping : this.methods.mappings()) {
				HandlerExecutionChain chain = mapping.getHandler(probe);
				if (chain != null) {
					return (chain.getHandler() instanceof HandlerMethod handler) ? handler : null;
				}
			}
			return null;
		}
		catch (Exception ex) {
			// The dispatcher will meet the same failure and run no handler.
			return null;
		}
	}

	@Override
	public Collection<PricedRoute> routes() {
		return this.prices.values().stream().flatMap(Optional::stream).map(AnnotatedPrice::route).toList();
	}

	/** Return the prices by the mappings of their methods, once all singletons exist. */
	Map<RequestMappingInfo, AnnotatedPrice> mapped() {
		return this.mapped.get();
	}

	/** Return the price of a method, or empty if it is free. */
	Optional<AnnotatedPrice> price(HandlerMethod handler) {
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
