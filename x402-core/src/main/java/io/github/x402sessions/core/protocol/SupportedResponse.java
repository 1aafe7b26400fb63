package io.github.x402sessions.core.protocol;

import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

/**
 * What a facilitator offers.
 *
 * @param kinds the kinds of payment it can verify and settle
 * @param extensions the extensions of the protocol it honours; empty when absent
 * @param signers the addresses it signs with, by CAIP-2 pattern; empty when absent
 */
public record SupportedResponse(List<SupportedKind> kinds, List<String> extensions, Map<String, List<String>> signers) {

	/**
	 * Check the required fields.
	 * @throws MalformedMessageException if {@code kinds} is missing
	 */
	public SupportedResponse {
		kinds = Required.list(kinds, "kinds");
		extensions = (extensions != null) ? Required.list(extensions, "extensions") : List.of();
		signers = (signers != null) ? Map.copyOf(signers) : Map.of();
	}

	/**
	 * Find the kind of the current version for a scheme and network.
	 * @param scheme the payment scheme
	 * @param network the network as a CAIP-2 id
	 * @return the kind, or empty if it is not offered
	 */
	public Optional<SupportedKind> kind(String scheme, String network) {
		return this.kinds.stream()
			.filter((kind) -> kind.x402Version() == Required.VERSION && kind.scheme().equals(scheme)
					&& kind.network().equals(network))
			.findFirst();
	}

}
