package io.github.x402sessions.spring.route;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

import io.github.x402sessions.core.terms.PricedRoute;
import io.github.x402sessions.core.terms.RouteMethod;
import io.github.x402sessions.spring.InvalidX402ConfigurationException;
import io.github.x402sessions.spring.X402Properties;
import org.jspecify.annotations.Nullable;
import org.springframework.http.server.PathContainer;
import org.springframework.util.StringUtils;
import org.springframework.web.util.pattern.PathPattern;
import org.springframework.web.util.pattern.PathPatternParser;
import org.springframework.web.util.pattern.PatternParseException;

/**
 * The routes of {@code x402.routes}, the most specific first: a longer pattern before a
 * shorter one, a method before all methods. A route is matched if its pattern fits either
 * the path as the container decoded it, which is not decoded a second time, or the path
 * as the client spelled it, segment by segment, which is what Spring looks at. Where they
 * differ, a request that either of them would run is charged. Immutable.
 */
public final class ConfiguredRoutes {

	private static final PathContainer.Options DECODED = PathContainer.Options.create('/', false);

	private final List<Entry> entries;

	/**
	 * Create the routes.
	 * @param routes the configured routes
	 * @param prices what each of them costs, in the same order
	 * @param caseSensitive whether patterns are
	 * @throws InvalidX402ConfigurationException if a route is wrong
	 */
	ConfiguredRoutes(List<X402Properties.Route> routes, List<PricedRoute> prices, boolean caseSensitive) {
		PathPatternParser decoded = parser(DECODED, caseSensitive);
		PathPatternParser spelled = parser(PathContainer.Options.HTTP_PATH, caseSensitive);
		List<Entry> entries = new ArrayList<>();
		Map<String, Integer> seen = new HashMap<>();
		for (int i = 0; i < routes.size(); i++) {
			String path = String.valueOf(routes.get(i).path());
			RouteMethod method = method(place(i) + ".method", routes.get(i).method());
			Integer other = seen.put(method + " " + identity(path, caseSensitive), i);
			if (other != null) {
				throw new InvalidX402ConfigurationException(place(i), "it has the path and method of " + place(other),
						"Set only one of " + place(other) + " and " + place(i) + ", or give them different methods.");
			}
			entries.add(new Entry(method, decoded.parse(path), spelled.parse(path), prices.get(i)));
		}
		entries.sort(Comparator.comparing(Entry::decoded, PathPattern.SPECIFICITY_COMPARATOR)
			.thenComparing((entry) -> entry.method().name() == null)
			.thenComparing((entry) -> entry.decoded().getPatternString()));
		this.entries = List.copyOf(entries);
	}

	private static PathPatternParser parser(PathContainer.Options options, boolean caseSensitive) {
		PathPatternParser parser = new PathPatternParser();
		parser.setPathOptions(options);
		parser.setCaseSensitive(caseSensitive);
		return parser;
	}

	private static String place(int index) {
		return "x402.routes[" + index + "]";
	}

	private static RouteMethod method(String place, @Nullable String name) {
		String method = StringUtils.hasText(name) ? name.trim().toUpperCase(Locale.ROOT) : "*";
		return switch (method) {
			case "*", "GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE" -> RouteMethod.of(method);
			default -> throw new InvalidX402ConfigurationException(place, "'" + name + "' is not an HTTP method",
					"Set " + place + " to one method, such as GET, or leave it out for all.");
		};
	}

	/** Names of variables make no difference to what a pattern matches. */
	public static String identity(String path, boolean caseSensitive) {
		String nameless = path.replaceAll("\\{\\w+(?=[:}])", "{");
		return caseSensitive ? nameless : nameless.toLowerCase(Locale.ROOT);
	}

	/**
	 * Check a path pattern.
	 * @return the pattern
	 * @throws InvalidX402ConfigurationException if it is none
	 */
	static String pattern(String place, @Nullable String path) {
		if (!StringUtils.hasText(path) || !path.startsWith("/")) {
			throw new InvalidX402ConfigurationException(place, "a path must start with '/'",
					"Set " + place + " to a path pattern such as /api/quote or /api/**.");
		}
		try {
			return parser(DECODED, true).parse(path).getPatternString();
		}
		catch (PatternParseException ex) {
			throw new InvalidX402ConfigurationException(place, "'" + path + "' is not a path pattern",
					"Set " + place + " to a path pattern such as /api/quote or /api/**.");
		}
	}

	/**
	 * Find the route of a path.
	 * @param method the request's method
	 * @param path the path as the container decoded it
	 * @param spelled the path as the client spelled it
	 */
	Optional<PricedRoute> find(String method, String path, PathContainer spelled) {
		PathContainer decoded = PathContainer.parsePath(path, DECODED);
		PathContainer served = PathContainer.parsePath(withoutEnd(path), DECODED);
		return first(method, (entry) -> entry.decoded().matches(decoded) || entry.decoded().matches(served)
				|| entry.spelled().matches(spelled));
	}

	/** Find the route of a path as the container decoded it. */
	Optional<PricedRoute> decoded(String method, String path) {
		PathContainer decoded = PathContainer.parsePath(path, DECODED);
		PathContainer served = PathContainer.parsePath(withoutEnd(path), DECODED);
		return first(method, (entry) -> entry.decoded().matches(decoded) || entry.decoded().matches(served));
	}

	/** Find the route of a path as the client spelled it. */
	Optional<PricedRoute> spelled(String method, PathContainer path) {
		PathContainer served = withoutEnd(path);
		return first(method, (entry) -> entry.spelled().matches(path) || entry.spelled().matches(served));
	}

	private Optional<PricedRoute> first(String method, Predicate<Entry> condition) {
		return this.entries.stream()
			.filter((entry) -> entry.method().matches(method) && condition.test(entry))
			.findFirst()
			.map(Entry::route);
	}

	/** Spring serves the file {@code /book.txt} for {@code /book.txt/} as well. */
	private static String withoutEnd(String path) {
		int end = path.length();
		while (end > 1 && (path.charAt(end - 1) == '/' || path.startsWith("/.", end - 2))) {
			end--;
		}
		return path.substring(0, end);
	}

	private static PathContainer withoutEnd(PathContainer path) {
		int end = path.elements().size();
		while (end > 1 && isNothing(path.elements().get(end - 1))) {
			end--;
		}
		return path.subPath(0, end);
	}

	private static boolean isNothing(PathContainer.Element element) {
		return element instanceof PathContainer.Separator
				|| (element instanceof PathContainer.PathSegment segment && segment.valueToMatch().equals("."));
	}

	private record Entry(RouteMethod method, PathPattern decoded, PathPattern spelled, PricedRoute route) {
	}

}
