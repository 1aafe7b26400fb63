package io.github.x402sessions.spring.webmvc;

import java.util.List;
import java.util.Map;
import java.util.Set;

import io.github.x402sessions.core.terms.RouteMethod;
import io.github.x402sessions.spring.InvalidX402ConfigurationException;
import io.github.x402sessions.spring.X402Price;
import io.github.x402sessions.spring.X402Properties;
import io.github.x402sessions.spring.route.AnnotatedPrice;
import io.github.x402sessions.spring.route.ConfiguredRoutes;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;

/**
 * Fails the start if a configured route has the very pattern and method of a handler that
 * carries {@link X402Price}: one of the two prices would never be asked. A broader
 * pattern is none such; there the method's price wins.
 */
public final class PriceConflicts implements SmartInitializingSingleton {

	private final List<X402Properties.Route> routes;

	private final ObjectProvider<AnnotatedRoutePricing> annotations;

	private final String servletPrefix;

	/**
	 * Create the check.
	 * @param routes the configured routes
	 * @param annotations the prices of methods
	 * @param servletPrefix what the dispatcher's own path puts in front of all mappings
	 */
	public PriceConflicts(List<X402Properties.Route> routes, ObjectProvider<AnnotatedRoutePricing> annotations,
			String servletPrefix) {
		this.routes = routes;
		this.annotations = annotations;
		this.servletPrefix = servletPrefix;
	}

	@Override
	public void afterSingletonsInstantiated() {
		AnnotatedRoutePricing annotated = this.annotations.getIfAvailable();
		if (annotated != null) {
			for (int i = 0; i < this.routes.size(); i++) {
				check("x402.routes[" + i + "]", this.routes.get(i), annotated.mapped());
			}
		}
	}

	private void check(String place, X402Properties.Route route, Map<RequestMappingInfo, AnnotatedPrice> annotated) {
		String path = ConfiguredRoutes.identity(String.valueOf(route.path()), true);
		annotated.forEach((mapping, price) -> {
			boolean samePath = mapping.getPatternValues()
				.stream()
				.anyMatch((pattern) -> ConfiguredRoutes.identity(this.servletPrefix + pattern, true).equals(path));
			if (samePath && meets(RouteMethod.of(route.method()), mapping.getMethodsCondition().getMethods())) {
				throw new InvalidX402ConfigurationException(place,
						"it has the path and method of " + price.place() + ", which has a price too",
						"Remove " + place + " or the annotation. To set the price of a method by configuration, "
								+ "let the annotation name a property: @X402Price(\"${chat.price}\").");
			}
		});
	}

	private static boolean meets(RouteMethod configured, Set<RequestMethod> mapped) {
		return configured.name() == null || mapped.isEmpty()
				|| mapped.stream().anyMatch((method) -> configured.matches(method.name()));
	}

}
