package io.github.x402sessions.spring.webmvc;

import java.util.List;

import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.springframework.web.servlet.HandlerExecutionChain;
import org.springframework.web.servlet.HandlerMapping;
import org.springframework.web.util.ServletRequestPathUtils;

/**
 * Asks mappings for the handler of a request as the dispatcher will do later.
 * Thread-safe.
 */
public final class HandlerLookup {

	private final OtherServlets otherServlets = new OtherServlets();

	/**
	 * Find the handler.
	 * @param request the request, which stays as it is
	 * @param probe the same, takes what the mappings leave behind
	 * @param mappings the mappings to ask
	 * @return the handler and its interceptors, or {@code null} if none of the mappings
	 * has one
	 */
	@Nullable HandlerExecutionChain find(HttpServletRequest request, ProbeRequest probe, List<HandlerMapping> mappings) {
		if (mappings.isEmpty() || this.otherServlets.serve(request)) {
			return null;
		}
		try {
			ServletRequestPathUtils.parseAndCache(probe);
			for (HandlerMapping mapping : mappings) {
				HandlerExecutionChain chain = mapping.getHandler(probe);
				if (chain != null) {
					return chain;
				}
			}
			return null;
		}
		catch (Exception ex) {
			// The dispatcher will meet the same failure and run no handler.
			return null;
		}
	}

}
