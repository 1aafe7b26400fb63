package io.github.x402sessions.spring;

import java.util.Optional;

import jakarta.servlet.http.HttpServletRequest;

/**
 * Tells callers apart that have some calls a day for nothing. A bean of it replaces the
 * starter's own, which names who is logged in, and others by their address. It is asked
 * behind Spring Security's filters and has to be thread-safe.
 */
@FunctionalInterface
public interface FreeCaller {

	/**
	 * Name who calls.
	 * @param request the request, whose body is not to be read
	 * @return the same name for all calls of one caller, which is stored as a hash; empty
	 * if it is not known, and then the call is charged
	 */
	Optional<String> name(HttpServletRequest request);

	/**
	 * Name a group of callers who may all be the same one, such as a network. Together
	 * they have the free calls of 16 of them.
	 * @param request the request, whose caller has a name
	 * @return the same name for all of the group, and for no caller; empty if the caller
	 * is in none
	 */
	default Optional<String> group(HttpServletRequest request) {
		return Optional.empty();
	}

}
