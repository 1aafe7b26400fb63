package io.github.x402sessions.core.scheme;

import java.time.Instant;
import java.util.Optional;

import io.github.x402sessions.core.protocol.PaymentRequirements;
import io.github.x402sessions.core.protocol.SettleResponse;
import io.github.x402sessions.core.protocol.SupportedKind;
import io.github.x402sessions.core.protocol.VerifyResponse;

/**
 * The words of a scheme for payments that are settled later on, or held until it is known
 * what they cost: on a server's terms, and in what its facilitator says. Thread-safe.
 */
public interface Deferral {

	/** A scheme that has no such words. */
	Deferral NONE = new Deferral() {
	};

	/**
	 * Tell whether a facilitator settles payments later on, if a server asks for that.
	 * @param kind a kind of payment by this scheme that the facilitator supports
	 * @return whether it says so
	 */
	default boolean isOffered(SupportedKind kind) {
		return false;
	}

	/**
	 * Ask for a payment that may be settled later on.
	 * @param asked the terms
	 * @return the terms that say so too; the same ones where the scheme knows no such
	 * thing
	 */
	default PaymentRequirements ask(PaymentRequirements asked) {
		return asked;
	}

	/**
	 * Tell whether a server's terms let a payment be settled later on.
	 * @param asked the terms
	 * @return whether they do
	 */
	default boolean isAsked(PaymentRequirements asked) {
		return false;
	}

	/**
	 * Tell whether a payment that might be settled later on would be settled at once.
	 * @param verdict the answer to its verification
	 * @return whether the facilitator says so
	 */
	default boolean isAtOnce(VerifyResponse verdict) {
		return false;
	}

	/**
	 * Tell whether a facilitator holds the most that a payment may cost until it is known
	 * what it does cost.
	 * @param kind a kind of payment by this scheme that the facilitator supports
	 * @return whether it says so
	 */
	default boolean isHoldOffered(SupportedKind kind) {
		return false;
	}

	/**
	 * Say who alone may end what is held for a payment. For a facilitator's eyes: who
	 * pays is not told.
	 * @param asked the terms
	 * @param holder a text that nobody can guess, the same one for the same payment
	 * @return the terms that say so too; the same ones where the scheme knows no such
	 * thing
	 */
	default PaymentRequirements heldBy(PaymentRequirements asked, String holder) {
		return asked;
	}

	/**
	 * Return until when a receipt holds its amount.
	 * @param receipt the facilitator's receipt, which is a success
	 * @return when the amount is free again, or empty if nothing is held
	 */
	default Optional<Instant> heldUntil(SettleResponse receipt) {
		return Optional.empty();
	}

}
