package io.github.x402sessions.servlet.route;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;

import io.github.x402sessions.core.terms.PricedRoute;
import io.github.x402sessions.core.terms.RouteMethod;
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

	private final List<RouteEntry> entries;

	private final Map<String, List<RouteEntry>> exact = new HashMap<>();

	private final PrefixIndex prefixes;

	private RouteTable(List<RouteEntry> entries) {
		this.entries = entries.stream().sorted(RouteEntry.ALL_LAST).toList();
		this.entries.stream()
			.filter((entry) -> !entry.prefix())
			.forEach((entry) -> this.exact.computeIfAbsent(entry.path(), (path) -> new ArrayList<>()).add(entry));
		this.prefixes = new PrefixIndex(this.entries.stream().filter(RouteEntry::prefix).toList());
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
		for (RouteEntry entry : this.exact.getOrDefault(path, List.of())) {
			if (entry.method().matches(method)) {
				return Optional.of(entry.price().apply(request));
			}
		}
		RouteEntry prefix = this.prefixes.find(path, method);
		return (prefix != null) ? Optional.of(prefix.price().apply(request)) : Optional.empty();
	}

	@Override
	public Collection<PricedRoute> routes() {
		return this.entries.stream().map(RouteEntry::fixed).flatMap(Optional::stream).toList();
	}

	/**
	 * Collects the lines of a {@link RouteTable}.
	 */
	public static final class Builder {

		private final List<RouteEntry> entries = new ArrayList<>();

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
			RouteEntry entry = RouteEntry.of(method, path, fixed, price);
			if (this.entries.stream().anyMatch(entry::isSameAs)) {
				throw new IllegalArgumentException("path '" + path + "' has two prices for method " + method);
			}
			this.entries.add(entry);
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
