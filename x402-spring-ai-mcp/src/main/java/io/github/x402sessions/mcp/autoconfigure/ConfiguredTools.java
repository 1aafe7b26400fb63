package io.github.x402sessions.mcp.autoconfigure;

import java.lang.reflect.Method;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;

import io.github.x402sessions.core.terms.PricedRoute;
import io.github.x402sessions.mcp.ToolPrices;
import io.github.x402sessions.spring.InvalidX402ConfigurationException;
import io.github.x402sessions.spring.X402Price;
import io.github.x402sessions.spring.route.AnnotatedPrice;
import io.github.x402sessions.spring.route.ConfiguredTerms;
import io.github.x402sessions.spring.route.PriceReader;
import io.github.x402sessions.spring.route.RouteDefinition;
import org.springframework.beans.factory.config.ConfigurableBeanFactory;
import org.springframework.util.StringUtils;

/**
 * The tools that an application charges for: those of {@code x402.tools} and those whose
 * methods have an {@link X402Price}, and where each price is written down.
 */
final class ConfiguredTools {

	private final Supplier<ConfiguredTerms> terms;

	private final ConfigurableBeanFactory beans;

	private final Map<String, PricedRoute> prices = new LinkedHashMap<>();

	private final Map<String, String> places = new LinkedHashMap<>();

	private final Set<String> hidden = new HashSet<>();

	private final boolean discovery;

	/**
	 * Read the prices.
	 * @param tools the configured tools
	 * @param types the classes of all beans
	 * @param terms the rest of the terms; asked for only if there is a price
	 * @param beans resolves what annotations leave open
	 * @param discovery whether catalogues are told of tools that do not say
	 * @throws InvalidX402ConfigurationException if a price is wrong, or a tool has two
	 */
	ConfiguredTools(List<X402ToolProperties.Tool> tools, Collection<Class<?>> types, Supplier<ConfiguredTerms> terms,
			ConfigurableBeanFactory beans, boolean discovery) {
		this.discovery = discovery;
		this.terms = terms;
		this.beans = beans;
		for (int i = 0; i < tools.size(); i++) {
			add("x402.tools[" + i + "]", tools.get(i));
		}
		for (Class<?> type : types) {
			ToolMethods.priced(type).forEach((method) -> add(type, method));
		}
	}

	private void add(String place, X402ToolProperties.Tool tool) {
		if (!StringUtils.hasText(tool.name())) {
			throw new InvalidX402ConfigurationException(place + ".name", "a priced tool needs its name",
					"Set " + place + ".name to the tool's name, as the MCP server lists it.");
		}
		PricedRoute price = this.terms.get()
			.route(new RouteDefinition(place, ToolPrices.routeName(tool.name()), tool.terms(place), tool.settlement(),
					tool.description(), tool.mimeType()));
		add(place, tool.name(),
				price.withIdentifierRequired(
						Objects.requireNonNullElse(tool.requireIdentifier(), price.identifierRequired())),
				this.discovery);
	}

	private void add(Class<?> type, Method method) {
		String place = ToolMethods.place(type, method);
		String name = ToolMethods.name(method);
		AnnotatedPrice price = new PriceReader(this.beans, this.terms.get()).read(place, ToolPrices.routeName(name),
				ToolMethods.price(type, method));
		if (!price.isFixed()) {
			throw new InvalidX402ConfigurationException(place, "a tool cannot be priced by a priceFrom",
					"Set a price, and let the tool charge less by a Payment argument.");
		}
		add(place, name, price.route(), price.discoverable().orElse(this.discovery));
	}

	private void add(String place, String name, PricedRoute price, boolean discoverable) {
		String other = this.places.putIfAbsent(name, place);
		if (other != null) {
			throw new InvalidX402ConfigurationException(place, "tool '" + name + "' has a price at " + other,
					"Set only one of " + other + " and " + place + ".");
		}
		this.prices.put(name, price);
		if (!discoverable) {
			this.hidden.add(name);
		}
	}

	/**
	 * Check a class of which a bean was made behind another type.
	 * @throws InvalidX402ConfigurationException if it has a price that was not read
	 */
	void requireKnown(Class<?> type) {
		for (Method method : ToolMethods.priced(type)) {
			String place = ToolMethods.place(type, method);
			if (!place.equals(this.places.get(ToolMethods.name(method)))) {
				throw new InvalidX402ConfigurationException(place,
						"the price was not seen, because the bean is declared as another type",
						"Declare the bean's method to return " + type.getName() + ".");
			}
		}
	}

	ToolPrices prices() {
		return new ToolPrices(this.prices, this.hidden);
	}

	/** Return where the price of a tool is written down. */
	String place(String tool) {
		return this.places.getOrDefault(tool, "x402.tools");
	}

}
