package io.github.x402sessions.core.gate;

import io.github.x402sessions.core.facilitator.Facilitator;
import io.github.x402sessions.core.protocol.PaymentRequirements;

/**
 * One way to pay, as it goes on the wire, and who would handle it.
 *
 * @param requirements the terms with the facilitator's extra
 * @param facilitator who verifies and settles a payment on these terms
 * @param paysOnce whether that facilitator settles a payment identifier at most once
 */
record OfferedTerms(PaymentRequirements requirements, Facilitator facilitator, boolean paysOnce) {

	/**
	 * Tell whether a client accepted these terms. Every field is compared; extra keys in
	 * the client's {@code extra} are fine, numbers are compared by value.
	 */
	boolean matches(PaymentRequirements theirs) {
		PaymentRequirements ours = this.requirements;
		return ours.scheme().equals(theirs.scheme()) && ours.network().equals(theirs.network())
				&& ours.amount().equals(theirs.amount()) && ours.asset().equals(theirs.asset())
				&& ours.payTo().equals(theirs.payTo()) && ours.maxTimeoutSeconds() == theirs.maxTimeoutSeconds()
				&& WireValues.hasAll(theirs.extra(), ours.extra());
	}

}
