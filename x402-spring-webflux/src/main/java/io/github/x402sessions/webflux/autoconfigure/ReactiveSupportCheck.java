package io.github.x402sessions.webflux.autoconfigure;

import java.util.List;

import io.github.x402sessions.spring.InvalidX402ConfigurationException;

import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.core.env.Environment;
import org.springframework.web.reactive.handler.AbstractUrlHandlerMapping;
import org.springframework.web.reactive.resource.CachingResourceResolver;
import org.springframework.web.reactive.resource.EncodedResourceResolver;
import org.springframework.web.reactive.resource.PathResourceResolver;
import org.springframework.web.reactive.resource.ResourceResolver;
import org.springframework.web.reactive.resource.ResourceWebHandler;

/**
 * Fails the start where something is asked for that a reactive application does not have
 * yet, or that would serve a priced resource under another path for free.
 */
final class ReactiveSupportCheck implements SmartInitializingSingleton {

	private static final List<String> DISCOVERY = List.of("x402.discovery.enabled", "x402.discovery.well-known");

	private final Environment environment;

	private final boolean pricesRoutes;

	private final List<AbstractUrlHandlerMapping> mappings;

	/**
	 * Create the check.
	 * @param environment has the properties
	 * @param pricesRoutes whether routes are priced by their paths
	 * @param mappings the mappings that may serve static resources
	 */
	ReactiveSupportCheck(Environment environment, boolean pricesRoutes, List<AbstractUrlHandlerMapping> mappings) {
		this.environment = environment;
		this.pricesRoutes = pricesRoutes;
		this.mappings = List.copyOf(mappings);
	}

	@Override
	public void afterSingletonsInstantiated() {
		for (String property : DISCOVERY) {
			if (this.environment.getProperty(property, Boolean.class, false)) {
				throw new InvalidX402ConfigurationException(property,
						"a WebFlux application has no list of what it sells, and derives no declarations",
						"Remove " + property + ". A route of x402.routes may have a declaration of its own.");
			}
		}
		if (this.pricesRoutes) {
			this.mappings.stream()
				.flatMap((mapping) -> mapping.getHandlerMap().values().stream())
				.filter(ResourceWebHandler.class::isInstance)
				.flatMap((handler) -> ((ResourceWebHandler) handler).getResourceResolvers().stream())
				.filter((resolver) -> !keepsNames(resolver))
				.findFirst()
				.ifPresent(ReactiveSupportCheck::refuse);
		}
	}

	private static boolean keepsNames(ResourceResolver resolver) {
		return resolver instanceof PathResourceResolver || resolver instanceof CachingResourceResolver
				|| resolver instanceof EncodedResourceResolver;
	}

	private static void refuse(ResourceResolver resolver) {
		throw new InvalidX402ConfigurationException("x402.routes",
				"a " + resolver.getClass().getSimpleName()
						+ " serves static resources under other names than their own, which may have no price",
				"Remove spring.web.resources.chain.strategy and other resolvers of resources, or price handlers "
						+ "by @X402Price.");
	}

}
