package io.github.x402sessions.mcp;

import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

import io.github.x402sessions.core.terms.PriceList;
import io.github.x402sessions.core.terms.PricedRoute;

/**
 * The prices of tools by their names. Immutable.
 */
public final class ToolPrices implements PriceList {

	private static final String SCHEME = "mcp://tool/";

	private final Map<String, PricedRoute> tools;

	/**
	 * Create the prices.
	 * @param tools what tools cost, by their names in the server
	 */
	public ToolPrices(Map<String, PricedRoute> tools) {
		this.tools = Collections.unmodifiableMap(new LinkedHashMap<>(tools));
	}

	/**
	 * Return what a tool is called in logs, meters and challenges without a server's URL.
	 * @param tool the tool's name
	 * @return {@code mcp://tool/} and the name
	 */
	public static String routeName(String tool) {
		return SCHEME + Objects.requireNonNull(tool, "tool");
	}

	/**
	 * Find the price of a tool.
	 * @param tool the tool's name
	 * @return its price, or empty if it is free
	 */
	public Optional<PricedRoute> find(String tool) {
		return Optional.ofNullable(this.tools.get(tool));
	}

	/**
	 * Return the names of all priced tools.
	 * @return the names
	 */
	public Set<String> names() {
		return this.tools.keySet();
	}

	@Override
	public Collection<PricedRoute> routes() {
		return this.tools.values();
	}

}
