package io.github.x402sessions.spring.route;

import java.util.Set;

import io.github.x402sessions.core.terms.FreeCalls;
import io.github.x402sessions.spring.InvalidX402ConfigurationException;

/**
 * Keeps what prices declare of calls that cost nothing.
 */
public interface FreeAccess {

	/**
	 * The request attribute with the variables of the path, by name, of a request that
	 * reaches a handler method with a price.
	 */
	String PATH_VARIABLES = FreeAccess.class.getName() + ".PATH_VARIABLES";

	/**
	 * Check that a declaration can be kept. Called when all singletons exist.
	 * @param place where it stands, for messages
	 * @param calls the declaration
	 * @param variables the names of the variables of the path
	 * @throws InvalidX402ConfigurationException if it cannot be kept
	 */
	void check(String place, FreeCalls calls, Set<String> variables);

}
