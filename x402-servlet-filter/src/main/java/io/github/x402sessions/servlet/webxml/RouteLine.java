package io.github.x402sessions.servlet.webxml;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.github.x402sessions.core.terms.RouteMethod;
import io.github.x402sessions.core.terms.SettlementTiming;
import org.jspecify.annotations.Nullable;

/**
 * A route written as a line: method, path, price, optionally a settlement timing in
 * brackets and, to the end of the line, a description, such as
 * {@code POST /api/chat 0.10 [during-handler] AI chat}. A method of {@code *} stands for
 * all.
 *
 * @param place where the line is, for messages
 * @param method the methods that are priced
 * @param path an exact path, or a prefix that ends with {@code /*}
 * @param price the price, not checked yet
 * @param timing when it is settled; optional
 * @param description what is sold; optional
 */
public record RouteLine(String place, RouteMethod method, String path, String price, @Nullable SettlementTiming timing,
		@Nullable String description) {

	private static final String SYNTAX = "Write METHOD PATH PRICE DESCRIPTION, such as: POST /api/chat 0.10 AI chat";

	private static final Pattern METHOD = Pattern.compile("\\*|[A-Za-z-]+");

	/** A timing in brackets and the rest of a line. */
	private static final Pattern TAIL = Pattern.compile("(?:\\[([a-zA-Z-]*)\\]\\s*)?(.*)");

	/** What no path has once a container has decoded it, or only by mistake. */
	private static final Pattern UNREACHABLE = Pattern.compile("[?;#%\\\\]|//|/\\.{1,2}(/|$)");

	/**
	 * Read a line.
	 * @param place where it is
	 * @param line the line
	 * @return the route
	 * @throws InvalidParameterException if it is not one, or could never be reached: a
	 * route that matches nothing would be free
	 */
	static RouteLine parse(String place, String line) {
		String[] words = line.strip().split("\\s+", 4);
		if (!METHOD.matcher(words[0]).matches()) {
			throw new InvalidParameterException(place, "'" + words[0] + "' is not an HTTP method, nor * for all",
					SYNTAX);
		}
		if (words.length < 3) {
			throw new InvalidParameterException(place, (words.length == 1) ? "path is missing" : "price is missing",
					SYNTAX);
		}
		if (UNREACHABLE.matcher(words[1]).find()) {
			throw new InvalidParameterException(place, "no request has the path '" + words[1] + "'",
					"Write the path within the application, decoded and without a query");
		}
		Matcher tail = TAIL.matcher((words.length == 4) ? words[3] : "");
		if (!tail.matches()) {
			throw new IllegalStateException("every text has a tail");
		}
		SettlementTiming timing = (tail.group(1) != null)
				? new FilterValue(FilterValue.Source.INIT_PARAMETER, place, tail.group(1)).timing() : null;
		return new RouteLine(place, RouteMethod.of(words[0]), words[1], words[2], timing,
				tail.group(2).isEmpty() ? null : tail.group(2));
	}

}
