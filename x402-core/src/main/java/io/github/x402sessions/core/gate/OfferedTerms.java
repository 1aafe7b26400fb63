package io.github.x402sessions.core.gate;

import java.util.Map;

import io.github.x402sessions.core.facilitator.FacilitatedKind;
import io.github.x402sessions.core.facilitator.Facilitator;
import io.github.x402sessions.core.idempotency.PaymentIdentifier;
import io.github.x402sessions.core.protocol.KindLimits;
import io.github.x402sessions.core.protocol.PaymentRequirements;
import io.github.x402sessions.core.scheme.PaymentScheme;
import io.github.x402sessions.core.terms.PaymentTerms;
import io.github.x402sessions.core.terms.SettlementTiming;
import org.jspecify.annotations.Nullable;

/**
 * One way to pay, as it goes on the wire, and who would handle it.
 *
 * @param terms what a client has to accept: the terms, with what is agreed on of the
 * facilitator's extra
 * @param requirements what is asked: the terms, all of the facilitator's extra, that they
 * may be settled later on where the route and the facilitator do that, and that this
 * server keeps track of payment identifiers where the facilitator honours them
 * @param facilitator who verifies and settles a payment on these terms
 * @param paysOnce whether that facilitator settles a payment identifier at most once
 */
record OfferedTerms(PaymentRequirements terms, PaymentRequirements requirements, Facilitator facilitator,
		boolean paysOnce) {

	/**
	 * Offer terms to be settled by the facilitator that was found for their kind.
	 * @param timing when the route settles. That it may be later on is between us and the
	 * facilitator
	 */
	static OfferedTerms of(PaymentTerms terms, SettlementTiming timing, FacilitatedKind found) {
		PaymentScheme scheme = PaymentScheme.of(terms.scheme());
		Map<String, @Nullable Object> added = scheme.additions(KindLimits.termsOf(found.kind()));
		PaymentRequirements told = terms.toRequirements(added);
		boolean deferred = timing == SettlementTiming.DEFERRED && scheme.deferral().isOffered(found.kind());
		PaymentRequirements asked = deferred ? scheme.deferral().ask(told) : told;
		boolean paysOnce = found.extensions().contains(PaymentIdentifier.EXTENSION);
		return new OfferedTerms(terms.toRequirements(scheme.agreed(added)),
				paysOnce ? PaymentIdentifier.tracked(asked) : asked, found.facilitator(), paysOnce);
	}

	/** Whether a payment on these terms may be settled later on. */
	boolean isDeferred() {
		return PaymentScheme.of(this.requirements.scheme()).deferral().isAsked(this.requirements);
	}

	/**
	 * Tell whether a client accepted these terms. Every field is compared but what the
	 * facilitator only tells; extra keys in the client's {@code extra} are fine, numbers
	 * are compared by value.
	 */
	boolean matches(PaymentRequirements theirs) {
		return this.terms.scheme().equals(theirs.scheme()) && this.terms.network().equals(theirs.network())
				&& this.terms.amount().equals(theirs.amount()) && this.terms.asset().equals(theirs.asset())
				&& this.terms.payTo().equals(theirs.payTo())
				&& this.terms.maxTimeoutSeconds() == theirs.maxTimeoutSeconds()
				&& WireValues.hasAll(theirs.extra(), this.terms.extra());
	}

}
