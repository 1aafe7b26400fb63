package io.github.x402sessions.core.bazaar;

import java.util.List;

import io.github.x402sessions.core.protocol.MalformedMessageException;
import org.jspecify.annotations.Nullable;

/**
 * The answer of {@code GET /discovery/resources}: a page of a catalogue.
 *
 * @param x402Version the version of the protocol, 2
 * @param items the entries
 * @param pagination the place of the page
 */
public record DiscoveryPage(int x402Version, List<DiscoveredResource> items, @Nullable Place pagination) {

	/**
	 * Check the required field.
	 * @throws MalformedMessageException if {@code items} is missing
	 */
	public DiscoveryPage {
		if (items == null) {
			throw new MalformedMessageException("'items' is missing");
		}
		items = List.copyOf(items);
	}

	/**
	 * The place of a page.
	 *
	 * @param limit how many entries a page has at most
	 * @param offset how many come before it
	 * @param total how many there are altogether
	 */
	public record Place(int limit, int offset, int total) {
	}

}
