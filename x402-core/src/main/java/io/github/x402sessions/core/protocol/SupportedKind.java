package io.github.x402sessions.core.protocol;

import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * A kind of payment that a facilitator can verify and settle.
 *
 * @param x402Version the version of the protocol
 * @param scheme the payment scheme
 * @param network the network as a CAIP-2 id
 * @param extra what a server adds to its terms for this kind; empty when absent
 */
public record SupportedKind(int x402Version, String scheme, String network, Map<String, @Nullable Object> extra) {

	/**
	 * Check the required fields.
	 * @throws MalformedMessageException if {@code scheme} or {@code network} is missing
	 */
	public SupportedKind {
		Required.text(scheme, "kinds.scheme");
		Required.text(network, "kinds.network");
		extra = Required.map(extra);
	}

}
