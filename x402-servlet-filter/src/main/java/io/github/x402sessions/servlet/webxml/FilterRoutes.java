package io.github.x402sessions.servlet.webxml;

import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

import io.github.x402sessions.core.terms.CommonTerms;
import io.github.x402sessions.core.terms.InvalidTermsException;
import io.github.x402sessions.core.terms.PricedRoute;
import io.github.x402sessions.servlet.route.RouteTable;
import jakarta.servlet.ServletContext;

/**
 * Makes the priced routes of {@code routes} or {@code routesFile}.
 */
public final class FilterRoutes {

	private FilterRoutes() {
	}

	/**
	 * Find the lines, in the strongest source that has any.
	 * @throws InvalidParameterException if there are none, or a line is wrong
	 */
	public static List<RouteLine> lines(FilterParameters parameters, ServletContext context) {
		for (FilterValue.Source source : FilterValue.Source.values()) {
			Optional<FilterValue> inline = parameters.find(FilterParameter.ROUTES, source);
			Optional<FilterValue> file = parameters.find(FilterParameter.ROUTES_FILE, source);
			if (inline.isPresent() && file.isPresent()) {
				throw new InvalidParameterException(file.get().name(), "there is " + inline.get().name() + " too",
						"Keep one of the two");
			}
			if (inline.isPresent()) {
				return some(inline.get().name(), RoutesText.read(inline.get().name(), inline.get().text()));
			}
			if (file.isPresent()) {
				return some(file.get().name(), new RoutesFile(context).read(file.get()));
			}
		}
		return some(FilterParameter.ROUTES.initName(), List.of());
	}

	private static List<RouteLine> some(String place, List<RouteLine> lines) {
		if (lines.isEmpty()) {
			throw new InvalidParameterException(place, "no route has a price",
					"Write one line a route, such as: POST /api/chat 0.10 AI chat");
		}
		return lines;
	}

	/**
	 * Make the table.
	 * @param common what all routes have in common; a line's own timing wins over it
	 * @throws InvalidParameterException if a path or price is wrong
	 */
	public static RouteTable table(List<RouteLine> lines, CommonTerms terms, UnaryOperator<PricedRoute> common) {
		RouteTable.Builder table = RouteTable.builder();
		for (RouteLine line : lines) {
			try {
				PricedRoute route = common.apply(terms.route(line.path(), line.price(), line.description(), null));
				table.route(line.method(), line.path(),
						(line.timing() != null) ? route.withTiming(line.timing()) : route);
			}
			catch (InvalidTermsException ex) {
				throw new InvalidParameterException(line.place(), String.valueOf(ex.getMessage()),
						"Set the price " + ex.remedy());
			}
			catch (IllegalArgumentException ex) {
				throw new InvalidParameterException(line.place(), String.valueOf(ex.getMessage()),
						"Write one line for each path and method, such as: POST /api/chat 0.10 AI chat");
			}
		}
		return table.build();
	}

}
