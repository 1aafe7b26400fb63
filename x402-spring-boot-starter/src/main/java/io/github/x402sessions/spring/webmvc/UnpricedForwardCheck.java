package io.github.x402sessions.spring.webmvc;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

import io.github.x402sessions.core.terms.PricedRoute;
import io.github.x402sessions.spring.InvalidX402ConfigurationException;
import io.github.x402sessions.spring.route.PropertiesRoutePricing;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.web.servlet.HandlerMapping;
import org.springframework.web.servlet.handler.AbstractUrlHandlerMapping;
import org.springframework.web.servlet.mvc.ParameterizableViewController;

/**
 * Fails the start if a view controller shows for free what a configured route has a price
 * for, such as Boot's welcome page: it forwards {@code /} to {@code /index.html}, and a
 * forward is not charged.
 */
public final class UnpricedForwardCheck implements SmartInitializingSingleton {

	private static final String FORWARD = "forward:";

	private final ControllerMethods methods;

	private final PropertiesRoutePricing prices;

	public UnpricedForwardCheck(ControllerMethods methods, PropertiesRoutePricing prices) {
		this.methods = methods;
		this.prices = prices;
	}

	@Override
	public void afterSingletonsInstantiated() {
		if (this.prices.routes().isEmpty()) {
			return;
		}
		for (HandlerMapping mapping : this.methods.mappings()) {
			if (mapping instanceof AbstractUrlHandlerMapping urls) {
				forwards(urls).forEach(this::check);
			}
		}
	}

	private static Map<String, String> forwards(AbstractUrlHandlerMapping mapping) {
		Map<String, String> forwards = new LinkedHashMap<>();
		mapping.getHandlerMap().forEach((path, handler) -> add(forwards, path, handler));
		add(forwards, "/", mapping.getRootHandler());
		return forwards;
	}

	private static void add(Map<String, String> forwards, String path, @Nullable Object handler) {
		if (handler instanceof ParameterizableViewController view && view.getViewName() != null
				&& view.getViewName().startsWith(FORWARD)) {
			String target = view.getViewName().substring(FORWARD.length());
			forwards.put(path, target.startsWith("/") ? target : "/" + target);
		}
	}

	private void check(String path, String target) {
		Optional<PricedRoute> sold = this.prices.find("GET", target);
		if (sold.isPresent() && !sold.equals(this.prices.find("GET", path))) {
			throw new InvalidX402ConfigurationException("x402.routes",
					"'" + sold.get().name() + "' has a price, but '" + path + "' shows '" + target + "' without one",
					"Add a route for " + path + " with the same price, or take the price off " + target + ".");
		}
	}

}
