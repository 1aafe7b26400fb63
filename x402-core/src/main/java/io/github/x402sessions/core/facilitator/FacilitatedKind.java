package io.github.x402sessions.core.facilitator;

import java.util.List;
import java.util.Objects;

import io.github.x402sessions.core.protocol.SupportedKind;

/**
 * A kind of payment and who handles it. Verifying and settling one payment is up to one
 * and the same {@code facilitator}, whatever is supported by the time it is settled.
 *
 * @param kind the kind, with what a server adds to its terms
 * @param extensions the extensions of the protocol that this facilitator honours
 * @param facilitator who verifies and settles payments of the kind
 */
public record FacilitatedKind(SupportedKind kind, List<String> extensions, Facilitator facilitator) {

	/**
	 * Check the fields.
	 */
	public FacilitatedKind {
		Objects.requireNonNull(kind, "kind");
		extensions = List.copyOf(extensions);
		Objects.requireNonNull(facilitator, "facilitator");
	}

}
