package io.github.x402sessions.samples.agent.find;

import java.util.ArrayList;
import java.util.List;

import io.github.x402sessions.client.discovery.DiscoveryResults;
import io.github.x402sessions.client.discovery.FoundResource;
import io.github.x402sessions.core.bazaar.DiscoveredResource;
import io.github.x402sessions.core.price.Asset;
import io.github.x402sessions.core.protocol.MalformedMessageException;
import io.github.x402sessions.samples.agent.offer.PriceLimit;
import org.jspecify.annotations.Nullable;

/**
 * Results of a search, as they are kept for the next command.
 *
 * @param asset what they can be paid with
 * @param decimals how many decimals that has
 * @param maxPrice the most that a call may cost, a decimal; {@code null} for what each
 * was listed at
 * @param found the listings, the best first
 */
public record FoundList(String asset, int decimals, @Nullable String maxPrice, List<DiscoveredResource> found) {

	/**
	 * Check the fields.
	 * @throws MalformedMessageException if there is no list of what was found
	 */
	public FoundList {
		if (asset == null || found == null) {
			throw new MalformedMessageException("'asset' or 'found' is missing");
		}
		found = List.copyOf(found);
	}

	/** Read all results. */
	public static FoundList of(DiscoveryResults results, Asset asset, @Nullable String maxPrice) {
		return new FoundList(asset.id(), asset.decimals(), maxPrice,
				results.toList().stream().map(FoundResource::listing).toList());
	}

	/** The results for programs. */
	public List<FoundEntry> entries() {
		List<FoundEntry> entries = new ArrayList<>();
		for (DiscoveredResource listing : this.found) {
			entries.add(FoundEntry.of(entries.size() + 1, FoundResource.of(listing), money(), null));
		}
		return entries;
	}

	/** One of them, with the most that it may cost. */
	FoundResource get(int number) {
		return FoundResource.of(this.found.get(number - 1));
	}

	/** The most that one of them may cost, whatever its server says. */
	PriceLimit limit(FoundResource resource) {
		String listed = money().toDecimal(FoundEntry.cheapest(resource).baseUnits());
		return new PriceLimit((this.maxPrice != null) ? this.maxPrice : listed, money());
	}

	private Asset money() {
		return new Asset(this.asset, this.decimals);
	}

}
