package io.github.x402sessions.facilitator.discovery.listing;

import io.github.x402sessions.core.bazaar.DiscoveredResource;
import io.github.x402sessions.core.protocol.PaymentRequirements;

/**
 * A declaration that passed all rules, as it is listed.
 *
 * @param key what it is of: one listing each
 * @param origin the scheme, host and port that it is at
 * @param shown what everybody sees of it, but for the terms and the time
 * @param terms the terms at which it was paid, for everybody to see
 */
public record Listing(ListingKey key, String origin, DiscoveredResource shown, PaymentRequirements terms) {

	/**
	 * Return what it is searched by.
	 * @return its words
	 */
	public ListingWords words() {
		return ListingWords.of(this.shown);
	}

}
