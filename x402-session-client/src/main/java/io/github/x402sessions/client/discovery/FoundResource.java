package io.github.x402sessions.client.discovery;

import java.util.List;

import io.github.x402sessions.core.bazaar.DiscoveredResource;
import io.github.x402sessions.core.protocol.PaymentRequirements;

/**
 * A listing of a catalogue that fits a question, made safe to show: all its texts are on
 * one line, without characters that nobody sees. They are a stranger's all the same, and
 * so are its terms: what a call costs is said by its own server's 402, which is to be
 * paid within a limit of the caller's.
 *
 * @param listing the listing, with those terms only that fit the question
 * @param call the way to call it
 */
public record FoundResource(DiscoveredResource listing, FoundCall call) {

	/**
	 * Return the terms that fit the question, as the catalogue has them.
	 * @return at least one
	 */
	public List<PaymentRequirements> terms() {
		return this.listing.accepts();
	}

	/**
	 * Return a listing as it was found, after it was kept somewhere.
	 * @param listing what {@link #listing()} was
	 * @return the same, with its call
	 * @throws io.github.x402sessions.core.protocol.MalformedMessageException if it is no
	 * such listing
	 */
	public static FoundResource of(DiscoveredResource listing) {
		return new FoundResource(listing, FoundCall.of(listing));
	}

}
