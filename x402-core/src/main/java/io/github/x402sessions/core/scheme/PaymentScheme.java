package io.github.x402sessions.core.scheme;

import java.math.BigInteger;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

import io.github.x402sessions.core.protocol.MalformedMessageException;
import io.github.x402sessions.core.protocol.PaymentPayload;
import io.github.x402sessions.core.protocol.PaymentRequirements;
import io.github.x402sessions.core.protocol.SettleResponse;
import io.github.x402sessions.core.protocol.SupportedKind;
import io.github.x402sessions.core.protocol.VerifyResponse;
import org.jspecify.annotations.Nullable;

/**
 * A payment scheme, as far as a server has to know it: which is little, because a payment
 * is its facilitator's to read. A scheme of which nothing is known here can be asked for,
 * verified and settled all the same. A second one that says more is another
 * implementation, and a line in {@link #of}. Thread-safe.
 */
@FunctionalInterface
public interface PaymentScheme {

	/**
	 * Return the scheme's name on the wire.
	 * @return the name, such as {@code session}
	 */
	String name();

	/**
	 * Return what the payer may still spend by the facilitator's word.
	 * @param verdict the answer to a verification
	 * @return base units, or empty if it does not say
	 */
	default Optional<BigInteger> remaining(VerifyResponse verdict) {
		return Optional.empty();
	}

	/**
	 * Tell whether the transaction of a receipt pays for other payments too.
	 * @param receipt the receipt of a settlement
	 * @return whether the facilitator says so
	 */
	default boolean isShared(SettleResponse receipt) {
		return false;
	}

	/**
	 * Return the call that a payment is for, where its payer has signed it. A server lets
	 * it pay for no other; whether the signature is right, the facilitator knows.
	 * @param payment the payment
	 * @return the call, or empty if the payment does not say
	 * @throws MalformedMessageException if it does, but not in the scheme's form
	 */
	default Optional<SignedCall> signedCall(PaymentPayload payment) {
		return Optional.empty();
	}

	/**
	 * Return what of a payment is the same however often it is sent for one request:
	 * without what its payer signs anew.
	 * @param payment the payment
	 * @return those members of its {@code payload}
	 */
	default Map<String, @Nullable Object> lasting(PaymentPayload payment) {
		return payment.payload();
	}

	/**
	 * Tell whether a facilitator settles payments later on, if a server asks for that.
	 * @param kind a kind of payment by this scheme that the facilitator supports
	 * @return whether it says so
	 */
	default boolean defers(SupportedKind kind) {
		return false;
	}

	/**
	 * Ask for a payment that may be settled later on.
	 * @param asked the terms
	 * @return the terms that say so too; the same ones where the scheme knows no such
	 * thing
	 */
	default PaymentRequirements deferred(PaymentRequirements asked) {
		return asked;
	}

	/**
	 * Tell whether a server's terms let a payment be settled later on.
	 * @param asked the terms
	 * @return whether they do
	 */
	default boolean isDeferred(PaymentRequirements asked) {
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
	default boolean holds(SupportedKind kind) {
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

	/**
	 * Return what a facilitator may add to a server's terms.
	 * @param added what it adds
	 * @return the same without what is the server's alone to say
	 */
	default Map<String, @Nullable Object> additions(Map<String, @Nullable Object> added) {
		return added;
	}

	/**
	 * Tell people how to pay by it.
	 * @return a phrase that follows the name, or empty if the name has to do
	 */
	default Optional<String> howToPay() {
		return Optional.empty();
	}

	/**
	 * Find a scheme by its name.
	 * @param name the name on the wire
	 * @return the scheme; of one that is not known, its name
	 */
	static PaymentScheme of(String name) {
		return switch (name) {
			case SessionScheme.NAME -> new SessionScheme();
			default -> () -> name;
		};
	}

}
