package io.github.x402sessions.spring.route;

import java.util.Optional;

import jakarta.servlet.http.HttpServletRequest;

/**
 * Paths under which requests are really served, where that is not the path that they ask
 * for.
 */
@FunctionalInterface
public interface ServedPaths {

	/**
	 * Find the path that a request is served by.
	 * @param request the request, which stays as it is
	 * @return the path within the application, decoded; empty if it is the one asked for
	 */
	Optional<String> find(HttpServletRequest request);

}
