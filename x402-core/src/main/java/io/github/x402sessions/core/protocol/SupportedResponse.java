package io.github.x402sessions.core.protocol;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;

/**
 * The offer of a facilitator.
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
	 * Read what a facilitator says. Kinds, extensions and signers that are odd are left
	 * out: they are not what a server would ask for anyway.
	 * @param kinds the kinds of payment
	 * @param extensions the extensions; optional
	 * @param signers the addresses by CAIP-2 pattern; optional
	 * @return what is left of it
	 * @throws MalformedMessageException if {@code kinds} is missing
	 */
	@JsonCreator
	static SupportedResponse read(@JsonProperty("kinds") @Nullable List<@Nullable Object> kinds,
			@JsonProperty("extensions") @Nullable List<@Nullable Object> extensions,
			@JsonProperty("signers") @Nullable Map<String, @Nullable Object> signers) {
		List<String> honoured = OddMembers.leaveOut(extensions, String.class, "extensions");
		return new SupportedResponse(Required.field(OddMembers.leaveOut(kinds, SupportedKind.class, "kinds"), "kinds"),
				(honoured != null) ? honoured : List.of(), addresses(signers));
	}

	private static Map<String, List<String>> addresses(@Nullable Map<String, @Nullable Object> signers) {
		Map<String, List<String>> addresses = new LinkedHashMap<>();
		if (signers != null) {
			signers.forEach((pattern, named) -> {
				if (named instanceof List<?> list) {
					addresses.put(pattern, OddMembers.leaveOut(list, String.class, "signers"));
				}
			});
		}
		return addresses;
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
