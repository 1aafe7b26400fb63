package io.github.x402sessions.facilitator.admin;

import org.springframework.web.servlet.function.RouterFunctions;

/**
 * A kind of thing that operators look at and decide: a part of the admin API. Each is a
 * bean. Implementations are thread-safe.
 */
interface AdminResource {

	/**
	 * Add its calls, below the path of the API.
	 * @param routes what it adds them to
	 */
	void add(RouterFunctions.Builder routes);

}
