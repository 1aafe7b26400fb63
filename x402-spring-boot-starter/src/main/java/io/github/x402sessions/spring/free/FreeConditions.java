package io.github.x402sessions.spring.free;

import java.util.Set;

import io.github.x402sessions.spring.InvalidX402ConfigurationException;
import jakarta.servlet.http.HttpServletRequest;

/**
 * Finds out who calls, and what is said of those who pay nothing. Thread-safe.
 */
interface FreeConditions {

	/**
	 * Check a condition.
	 * @param place where it stands, for messages
	 * @param condition the condition
	 * @param variables the names of the variables of the path
	 * @throws InvalidX402ConfigurationException if it is none, or can never be met
	 */
	void check(String place, String condition, Set<String> variables);

	/**
	 * Tell whether whoever calls pays nothing; in doubt he pays.
	 */
	boolean isMet(String condition, HttpServletRequest request);

}
