package io.github.x402sessions.samples.agent.mcp;

import java.util.List;

import io.github.x402sessions.samples.agent.find.FoundEntry;

/**
 * Results of a search.
 *
 * @param found the results, the best first
 * @param partial whether there may be more
 */
record FindResult(List<FoundEntry> found, boolean partial) {

	/** Copy the list. */
	FindResult {
		found = List.copyOf(found);
	}

}
