package io.github.x402sessions.spring;

import java.lang.reflect.Method;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

import io.github.x402sessions.core.gate.PricedRoute;
import io.github.x402sessions.servlet.RoutePricing;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerExecutionChain;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.RequestMappingInfoHandlerMapping;
import org.springframework.web.util.ServletRequestPathUtils;

/**
 * Prices handler methods that carry {@link X402Price}, by asking Spring's own mappings
 * which method a request will reach, so that both always agree on it. All prices are
 * checked at start, and so is that each belongs to a method that requests can reach.
 */
final class AnnotatedRoutePricing implements RoutePricing, SmartInitializingSingleton {

	private final ControllerMethods methods;

	private final ConfiguredTerms terms;

	private final Map<Method, Optional<PricedRoute>> prices = new ConcurrentHashMap<>();

	/**
	 * Create the pricing.
	 * @param methods knows the mappings and their methods; first asked when all
	 * singletons exist
	 * @param terms the rest of the terms
	 */
	AnnotatedRoutePricing(ControllerMethods methods, ConfiguredTerms terms) {
		this.methods = methods;
		this.terms = terms;
	}

	@Override
	public void afterSingletonsInstantiated() {
		for (RequestMappingInfoHandlerMapping mapping : this.methods.mappings()) {
			mapping.getHandlerMethods().forEach((info, handler) -> price(name(info), handler));
		}
		List<Method> priced = this.methods.ofControllers((method) -> annotation(method) != null);
		for (Method method : priced) {
			if (!this.prices.containsKey(method)) {
				String place = "@X402Price on " + method.getDeclaringClass().getName() + "#" + method.getName();
				throw new InvalidX402ConfigurationException(place, "no handler mapping runs this method",
						"Map the method with @RequestMapping or a variant of it, on the interface too if the bean is "
								+ "a JDK proxy, or remove @X402Price.");
			}
		}
	}

	@Override
	public Optional<PricedRoute> find(HttpServletRequest request) {
		HttpServletRequest probe = new ProbeRequest(request);
		try {
			ServletRequestPathUtils.parseAndCache(probe);
			for (RequestMappingInfoHandlerMapping mapping : this.methods.mappings()) {
				HandlerExecutionChain chain = mapping.getHandler(probe);
				if (chain != null) {
					return (chain.getHandler() instanceof HandlerMethod handler) ? price(handler) : Optional.empty();
				}
			}
			return Optional.empty();
		}
		catch (InvalidX402ConfigurationException ex) {
			throw ex;
		}
		catch (Exception ex) {
			// The dispatcher will meet the same failure and run no handler.
			return Optional.empty();
		}
	}

	@Override
	public Collection<PricedRoute> routes() {
		return this.prices.values().stream().flatMap(Optional::stream).toList();
	}

	/** Return the price of a method, or empty if it is free. */
	Optional<PricedRoute> price(HandlerMethod handler) {
		return price(handler.getMethod().getName(), handler);
	}

	/** Tell whether a route is one of this pricing. */
	boolean knows(PricedRoute route) {
		return routes().contains(route);
	}

	private Optional<PricedRoute> price(String name, HandlerMethod handler) {
		return this.prices.computeIfAbsent(this.methods.implementation(handler), (method) -> {
			X402Price onImplementation = annotation(method);
			X402Price price = (onImplementation != null) ? onImplementation : annotation(handler.getMethod());
			return Optional.ofNullable(price)
				.map((found) -> this.terms.route("@X402Price on " + handler.getShortLogMessage(), name, found.value(),
						found.description(), found.mimeType()));
		});
	}

	private static @Nullable X402Price annotation(Method method) {
		return AnnotatedElementUtils.findMergedAnnotation(method, X402Price.class);
	}

	private static String name(RequestMappingInfo info) {
		return String.join(" ", info.getPatternValues());
	}

}
