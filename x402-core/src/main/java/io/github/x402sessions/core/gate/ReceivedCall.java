package io.github.x402sessions.core.gate;

import java.util.Objects;
import java.util.Optional;

import io.github.x402sessions.core.protocol.MalformedMessageException;
import io.github.x402sessions.core.protocol.PaymentPayload;
import io.github.x402sessions.core.scheme.PaymentScheme;
import io.github.x402sessions.core.scheme.SignedCall;

/**
 * The call that a server has received, without its body, to be held against the one that
 * its payer has signed for.
 *
 * @param method the request's method; {@code -} where the transport has none
 * @param resource the absolute URL of the resource, as the challenge has it
 */
public record ReceivedCall(String method, String resource) {

	/** What a payment is refused with that was signed for another call. */
	static final String MISMATCH = "resource_mismatch";

	private static final String NO_METHOD = "-";

	/**
	 * Check the fields.
	 */
	public ReceivedCall {
		Objects.requireNonNull(method, "method");
		Objects.requireNonNull(resource, "resource");
	}

	/**
	 * Create a call of a transport that has no methods.
	 * @param resource the absolute URL of the resource
	 * @return the call
	 */
	public static ReceivedCall of(String resource) {
		return new ReceivedCall(NO_METHOD, resource);
	}

	/**
	 * Return the call that a payment was signed for.
	 * @param payment the payment
	 * @return the call, or empty if the payment is for any
	 * @throws MalformedMessageException if it was signed in no form of its scheme
	 */
	public static Optional<SignedCall> signedIn(PaymentPayload payment) {
		return PaymentScheme.of(payment.accepted().scheme()).signedCall(payment);
	}

	/**
	 * Tell how this call differs from the one that a payment was signed for, if it does.
	 * @param payment the payment
	 * @return a sentence for the client's developer, or empty if the payment is for this
	 * call or for any
	 */
	public Optional<String> difference(PaymentPayload payment) {
		return signedIn(payment).filter((signed) -> !signed.isTo(this.method, this.resource))
			.map((signed) -> "the payment is signed for another method or URL");
	}

}
