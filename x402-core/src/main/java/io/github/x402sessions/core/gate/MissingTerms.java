package io.github.x402sessions.core.gate;

import io.github.x402sessions.core.facilitator.FacilitatorException;
import org.jspecify.annotations.Nullable;

/**
 * One way to pay that cannot be offered now.
 *
 * @param scheme the payment scheme
 * @param network the network as a CAIP-2 id
 * @param failure why it is not known whether a facilitator supports it; {@code null} if
 * it is known that none does
 */
record MissingTerms(String scheme, String network, @Nullable FacilitatorException failure) {

	@Override
	public String toString() {
		String why = (this.failure != null) ? String.valueOf(this.failure.getMessage()) : "no facilitator supports it";
		return this.scheme + " on " + this.network + " (" + why + ")";
	}

}
