package io.github.x402sessions.core.bazaar;

import java.util.List;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.github.x402sessions.core.protocol.MalformedMessageException;
import org.jspecify.annotations.Nullable;

/**
 * The answer of {@code GET /discovery/search}: what matches, the best first.
 *
 * @param x402Version the version of the protocol, 2
 * @param resources the entries
 * @param partialResults whether there are more that match; optional
 * @param pagination how to go on; optional
 */
public record SearchPage(int x402Version, List<DiscoveredResource> resources, @Nullable Boolean partialResults,
		@Nullable Next pagination) {

	/**
	 * Check the required field.
	 * @throws MalformedMessageException if {@code resources} is missing
	 */
	public SearchPage {
		if (resources == null) {
			throw new MalformedMessageException("'resources' is missing");
		}
		resources = List.copyOf(resources);
	}

	/**
	 * The way to the next page.
	 *
	 * @param limit how many entries this page has at most
	 * @param cursor what to ask for the next page with; {@code null} if there is none
	 */
	public record Next(int limit, @JsonInclude(JsonInclude.Include.ALWAYS) @Nullable String cursor) {
	}

}
