package io.github.x402sessions.core.scheme;

import io.github.x402sessions.core.scheme.session.BodyHash;

/**
 * The call that a payer has signed its payment for. Who captures the payment can use it
 * for this call alone, as long as its server compares.
 *
 * @param method the request's method; {@code -} where the transport has none
 * @param resource the URL of the resource, as the challenge has it; empty if there is
 * none
 * @param body the hash of the request's body; {@code -} where the payer did not know it
 */
public record SignedCall(String method, String resource, String body) {

	/**
	 * Tell whether it is a call that was received, as far as that is known without its
	 * body.
	 * @param method the method that was received
	 * @param resource the URL that the server's own challenge has for it
	 * @return whether they are the same to the letter
	 */
	public boolean isTo(String method, String resource) {
		return this.method.equals(method) && this.resource.equals(resource);
	}

	/**
	 * Tell whether the payer has signed for whatever body.
	 * @return whether there is nothing to compare
	 */
	public boolean leavesBodyOpen() {
		return this.body.equals(BodyHash.UNKNOWN);
	}

	/**
	 * Tell whether it is a call with a body that was received.
	 * @param received the hash of all of it, as {@link BodyHash}
	 * @return whether the payer has signed for that body
	 */
	public boolean hasBody(String received) {
		return this.body.equals(received);
	}

}
