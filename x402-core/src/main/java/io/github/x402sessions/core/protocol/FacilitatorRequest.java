package io.github.x402sessions.core.protocol;

import java.math.BigInteger;

/**
 * The request of a resource server to a facilitator's {@code /verify}, {@code /settle},
 * {@code /hold} and {@code /release}.
 *
 * @param x402Version always 2
 * @param paymentPayload the client's payment
 * @param paymentRequirements the server's own terms; what is settled is always these
 */
public record FacilitatorRequest(int x402Version, PaymentPayload paymentPayload,
		PaymentRequirements paymentRequirements) {

	/**
	 * Check the required fields.
	 * @throws MalformedMessageException if the version is not 2 or a field is missing
	 */
	public FacilitatorRequest {
		Required.version(x402Version);
		Required.field(paymentPayload, "paymentPayload");
		Required.field(paymentRequirements, "paymentRequirements");
	}

	/**
	 * Create a request of the current version.
	 * @param payload the client's payment
	 * @param requirements the server's own terms
	 * @return the request
	 */
	public static FacilitatorRequest of(PaymentPayload payload, PaymentRequirements requirements) {
		return new FacilitatorRequest(Required.VERSION, payload, requirements);
	}

	/**
	 * Ask for another amount.
	 * @param baseUnits the amount in base units, not negative
	 * @return the request with that amount
	 */
	public FacilitatorRequest charging(BigInteger baseUnits) {
		return of(this.paymentPayload, this.paymentRequirements.withAmount(baseUnits));
	}

}
