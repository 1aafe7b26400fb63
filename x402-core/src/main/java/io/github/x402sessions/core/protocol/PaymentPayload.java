package io.github.x402sessions.core.protocol;

import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * A client's payment: the terms it accepts and the scheme's own proof. The proof of the
 * session scheme is a bearer token, so {@link #toString()} leaves it out.
 *
 * @param x402Version always 2
 * @param resource the resource that is paid for, as the client saw it; optional and never
 * trusted
 * @param accepted the terms that the client chose from the challenge
 * @param payload the scheme's own fields; {@code {"sessionId": …}} for {@code session}
 * @param extensions extensions of the protocol by name; optional
 */
public record PaymentPayload(int x402Version, @Nullable ResourceInfo resource, PaymentRequirements accepted,
		Map<String, @Nullable Object> payload, @Nullable Map<String, @Nullable Object> extensions) {

	/**
	 * Check the required fields.
	 * @throws MalformedMessageException if the version is not 2, or {@code accepted} or
	 * {@code payload} is missing
	 */
	public PaymentPayload {
		Required.version(x402Version);
		Required.field(accepted, "accepted");
		payload = Required.map(Required.field(payload, "payload"));
	}

	/**
	 * Create a payment of the current version without extensions.
	 * @param resource the resource that is paid for, or {@code null}
	 * @param accepted the terms that the client chose
	 * @param payload the scheme's own fields
	 * @return the payment
	 */
	public static PaymentPayload of(@Nullable ResourceInfo resource, PaymentRequirements accepted,
			Map<String, @Nullable Object> payload) {
		return new PaymentPayload(Required.VERSION, resource, accepted, payload, null);
	}

	/**
	 * Change the extensions.
	 * @param extensions extensions of the protocol by name
	 * @return a changed payment
	 */
	public PaymentPayload withExtensions(Map<String, @Nullable Object> extensions) {
		return new PaymentPayload(this.x402Version, this.resource, this.accepted, this.payload, extensions);
	}

	@Override
	public String toString() {
		return "PaymentPayload[scheme=" + this.accepted.scheme() + ", network=" + this.accepted.network() + "]";
	}

}
