package io.github.x402sessions.core.terms;

import java.util.Locale;
import java.util.Objects;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * The HTTP methods that a route is priced for: one, or all. {@code HEAD} is priced as
 * {@code GET}, because it runs the same handler. A CORS preflight is free whatever the
 * route, and answered without a body.
 *
 * @param name the method in capitals, or {@code null} for all; given in any case, empty
 * or {@code *} for all
 */
public record RouteMethod(@Nullable String name) {

	/** Every method. */
	public static final RouteMethod ALL = new RouteMethod(null);

	private static final Pattern TOKEN = Pattern.compile("[!#$%&'+.^_`|~0-9A-Z-]+");

	/**
	 * Normalise the name.
	 * @throws IllegalArgumentException if it is not one HTTP method: a route that matches
	 * nothing would be free
	 */
	public RouteMethod {
		name = (name == null || name.isBlank() || name.trim().equals("*")) ? null
				: name.trim().toUpperCase(Locale.ROOT);
		if (name != null && !TOKEN.matcher(name).matches()) {
			throw new IllegalArgumentException(
					"method '" + name + "' must be one HTTP method, such as GET, or * for all");
		}
	}

	/**
	 * Create a route method from configuration.
	 * @param name the method in any case; {@code null}, empty or {@code *} for all
	 * @return the route method
	 * @throws IllegalArgumentException if it is not one HTTP method
	 */
	public static RouteMethod of(@Nullable String name) {
		return new RouteMethod(name);
	}

	/**
	 * Tell whether a request of some method is priced. Case does not matter: not every
	 * handler minds it.
	 * @param method the request's method
	 * @return whether it is
	 */
	public boolean matches(String method) {
		return this.name == null || this.name.equalsIgnoreCase(method)
				|| (this.name.equals("GET") && method.equalsIgnoreCase("HEAD"));
	}

	@Override
	public String toString() {
		return Objects.requireNonNullElse(this.name, "*");
	}

}
