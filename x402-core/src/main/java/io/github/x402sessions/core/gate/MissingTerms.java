package io.github.x402sessions.core.gate;

import io.github.x402sessions.core.facilitator.FacilitatorException;
import org.jspecify.annotations.Nullable;

/**
 * One way to pay that cannot be offered now.
 *
 * @param terms the way
 * @param why why not, for the operator
 * @param failure why it is not known whether a facilitator supports it; {@code null} if
 * it is known that none takes it
 */
record MissingTerms(PaymentTerms terms, String why, @Nullable FacilitatorException failure) {

	@Override
	public String toString() {
		return this.terms.scheme() + " on " + this.terms.network() + " (" + this.why + ")";
	}

}
