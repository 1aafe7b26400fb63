package io.github.x402sessions.core.scheme;

import java.math.BigInteger;
import java.util.Map;
import java.util.Optional;

import io.github.x402sessions.core.protocol.MalformedMessageException;
import io.github.x402sessions.core.protocol.PaymentPayload;
import io.github.x402sessions.core.protocol.SettleResponse;
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
	 * Return how payments by it are settled later on.
	 * @return what is said of that; nothing where the scheme knows no such thing
	 */
	default Deferral deferral() {
		return Deferral.NONE;
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
	 * Return what of that a payment has to repeat. The rest is told and not agreed on: it
	 * may be another one by the time that a payment comes, or at another instance of the
	 * server.
	 * @param added what a facilitator adds
	 * @return the same without what is only told
	 */
	default Map<String, @Nullable Object> agreed(Map<String, @Nullable Object> added) {
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
