package io.github.x402sessions.servlet;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

import io.github.x402sessions.core.gate.PricedRoute;
import jakarta.servlet.http.HttpServletRequest;

/**
 * Prices routes by method and path. A path is exact ({@code /api/quote}) or, as in a
 * servlet mapping, a prefix ({@code /api/*}, which also matches {@code /api}). The exact
 * path wins over the prefix, the longer prefix over the shorter, and on the same path one
 * method over all, whatever their order. Immutable.
 * <p>
 * What is matched is the path that the client asks for. Jetty serves the welcome file of
 * a folder ({@code /paid/index.html}) for the folder's own path without another request:
 * price the folder ({@code /paid/*}), not the file.
 */
public final class RouteTable implements RoutePricing {

	private static final String PREFIX_END = "/*";

	private final Map<String, List<Entry>> exact;

	private final List<Entry> prefixes;

	private RouteTable(List<Entry> entries) {
		Comparator<Entry> allLast = Comparator.comparing((Entry entry) -> entry.method().equals(RouteMethod.ALL));
		this.exact = new HashMap<>();
		entries.stream()
			.sorted(allLast)
			.filter((entry) -> !entry.isPrefix())
			.forEach((entry) -> this.exact.computeIfAbsent(entry.path(), (path) -> new ArrayList<>()).add(entry));
		this.prefixes = entries.stream()
			.filter(Entry::isPrefix)
			.sorted(Comparator.comparingInt((Entry entry) -> entry.path().length()).reversed().thenComparing(allLast))
			.toList();
	}

	/**
	 * Start a table.
	 * @return a builder
	 */
	public static Builder builder() {
		return new Builder();
	}

	@Override
	public Optional<PricedRoute> find(HttpServletRequest request) {
		String path = RoutePricing.path(request);
		String method = request.getMethod();
		for (Entry entry : this.exact.getOrDefault(path, List.of())) {
			if (entry.method().matches(method)) {
				return Optional.of(entry.price().apply(request));
			}
		}
		for (Entry entry : this.prefixes) {
			if (entry.hasPrefixOf(path) && entry.method().matches(method)) {
				return Optional.of(entry.price().apply(request));
			}
		}
		return Optional.empty();
	}

	@Override
	public Collection<PricedRoute> routes() {
		return Stream.concat(this.exact.values().stream().flatMap(List::stream), this.prefixes.stream())
			.map(Entry::fixed)
			.flatMap(Optional::stream)
			.toList();
	}

	/** One line of the table. */
	private record Entry(RouteMethod method, String path, Optional<PricedRoute> fixed,
			Function<HttpServletRequest, PricedRoute> price) {

		boolean isPrefix() {
			return this.path.endsWith(PREFIX_END);
		}

		boolean hasPrefixOf(String requested) {
			int length = this.path.length() - PREFIX_END.length();
			return requested.regionMatches(0, this.path, 0, length)
					&& (requested.length() == length || requested.charAt(length) == '/');
		}

	}

	/**
	 * Collects the lines of a {@link RouteTable}.
	 */
	public static final class Builder {

		private final List<Entry> entries = new ArrayList<>();

		private Builder() {
		}

		/**
		 * Add a route.
		 * @param method the methods that are priced
		 * @param path an exact path, or a prefix that ends with {@code /*}
		 * @param route what the route costs
		 * @return this builder
		 * @throws IllegalArgumentException if the path is neither, or has the same method
		 * and path as a route before
		 */
		public Builder route(RouteMethod method, String path, PricedRoute route) {
			Objects.requireNonNull(route, "route");
			return add(method, path, Optional.of(route), (request) -> route);
		}

		/**
		 * Add a route whose price depends on the request. The price is computed for the
		 * unpaid and again for the paid request and must come out the same, or the
		 * payment does not fit; so it must not depend on the body.
		 * @param method the methods that are priced
		 * @param path an exact path, or a prefix that ends with {@code /*}
		 * @param price computes what a request costs
		 * @return this builder
		 * @throws IllegalArgumentException if the path is neither, or has the same method
		 * and path as a route before
		 */
		public Builder route(RouteMethod method, String path, Function<HttpServletRequest, PricedRoute> price) {
			return add(method, path, Optional.empty(), Objects.requireNonNull(price, "price"));
		}

		private Builder add(RouteMethod method, String path, Optional<PricedRoute> fixed,
				Function<HttpServletRequest, PricedRoute> price) {
			int star = path.indexOf('*');
			boolean prefix = path.endsWith(PREFIX_END) && star == path.length() - 1;
			if (!path.startsWith("/") || (star >= 0 && !prefix)) {
				throw new IllegalArgumentException(
						"path '" + path + "' must start with '/' and may have a '*' only as its last segment");
			}
			if (this.entries.stream().anyMatch((other) -> other.path().equals(path) && other.method().equals(method))) {
				throw new IllegalArgumentException("path '" + path + "' has two prices for method " + method);
			}
			this.entries.add(new Entry(method, path, fixed, price));
			return this;
		}

		/**
		 * Finish the table.
		 * @return an immutable table
		 */
		public RouteTable build() {
			return new RouteTable(List.copyOf(this.entries));
		}

	}

}
