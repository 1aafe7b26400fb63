package io.github.x402sessions.core.gate;

import io.github.x402sessions.core.facilitator.FacilitatedKind;
import io.github.x402sessions.core.facilitator.Facilitator;
import io.github.x402sessions.core.idempotency.PaymentIdentifier;
import io.github.x402sessions.core.protocol.KindLimits;
import io.github.x402sessions.core.protocol.PaymentRequirements;

/**
 * One way to pay, as it goes on the wire, and who would handle it.
 *
 * @param terms the terms with the facilitator's extra, which a client has to accept
 * @param requirements what is asked: the terms, and that this server keeps track of
 * payment identifiers where the facilitator honours them
 * @param facilitator who verifies and settles a payment on these terms
 * @param paysOnce whether that facilitator settles a payment identifier at most once
 */
record OfferedTerms(PaymentRequirements terms, PaymentRequirements requirements, Facilitator facilitator,
		boolean paysOnce) {

	/** Offer terms to be settled by the facilitator that was found for their kind. */
	static OfferedTerms of(PaymentTerms terms, FacilitatedKind found) {
		PaymentRequirements asked = terms.toRequirements(KindLimits.termsOf(found.kind()));
		boolean paysOnce = found.extensions().contains(PaymentIdentifier.EXTENSION);
		return new OfferedTerms(asked, paysOnce ? PaymentIdentifier.tracked(asked) : asked, found.facilitator(),
				paysOnce);
	}

	/**
	 * Tell whether a client accepted these terms. Every field is compared; extra keys in
	 * the client's {@code extra} are fine, numbers are compared by value.
	 */
	boolean matches(PaymentRequirements theirs) {
		return this.terms.scheme().equals(theirs.scheme()) && this.terms.network().equals(theirs.network())
				&& this.terms.amount().equals(theirs.amount()) && this.terms.asset().equals(theirs.asset())
				&& this.terms.payTo().equals(theirs.payTo())
				&& this.terms.maxTimeoutSeconds() == theirs.maxTimeoutSeconds()
				&& WireValues.hasAll(theirs.extra(), this.terms.extra());
	}

}
