package io.github.x402sessions.mcp;

import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import io.github.x402sessions.core.terms.PriceList;
import io.github.x402sessions.core.terms.PricedRoute;

/**
 * The prices of tools by their names, and what catalogues are told of those that a server
 * has. Thread-safe.
 */
public final class ToolPrices implements PriceList {

	private static final String SCHEME = "mcp://tool/";

	private final Map<String, PricedRoute> tools;

	private final Set<String> hidden;

	private final Map<String, PricedRoute> declared;

	/**
	 * Create the prices.
	 * @param tools what tools cost, by their names in the server
	 */
	public ToolPrices(Map<String, PricedRoute> tools) {
		this(tools, Set.of());
	}

	/**
	 * Create the prices, some of which strangers are not told of.
	 * @param tools what tools cost, by their names in the server
	 * @param hidden the names of those that catalogues are not told of
	 */
	public ToolPrices(Map<String, PricedRoute> tools, Set<String> hidden) {
		this(tools, hidden, new ConcurrentHashMap<>());
	}

	private ToolPrices(Map<String, PricedRoute> tools, Set<String> hidden, Map<String, PricedRoute> declared) {
		this.tools = Collections.unmodifiableMap(new LinkedHashMap<>(tools));
		this.hidden = Set.copyOf(hidden);
		this.declared = declared;
	}

	/** Return prices that are declared together with these. */
	ToolPrices with(Map<String, PricedRoute> all) {
		return new ToolPrices(all, this.hidden, this.declared);
	}

	/** Tell catalogues of a tool that a server has. */
	void declare(String tool, PricedRoute price) {
		this.declared.put(tool, price);
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
		PricedRoute price = this.tools.get(tool);
		return (price != null) ? Optional.of(this.declared.getOrDefault(tool, price)) : Optional.empty();
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
		return names().stream().map(this::find).flatMap(Optional::stream).toList();
	}

	@Override
	public boolean isDiscoverable(PricedRoute route) {
		return this.hidden.stream().noneMatch((tool) -> find(tool).filter(route::equals).isPresent());
	}

}
