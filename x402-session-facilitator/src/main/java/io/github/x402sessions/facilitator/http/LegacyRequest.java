package io.github.x402sessions.facilitator.http;

import java.util.Map;

import io.github.x402sessions.core.protocol.FacilitatorRequest;
import io.github.x402sessions.core.protocol.MalformedMessageException;
import io.github.x402sessions.core.protocol.PaymentPayload;
import io.github.x402sessions.core.protocol.PaymentRequirements;
import org.jspecify.annotations.Nullable;

/**
 * A request of x402 version 1, which names the terms in the payment itself and the price
 * {@code maxAmountRequired}.
 *
 * @param paymentPayload the client's payment
 * @param paymentRequirements the server's own terms
 */
record LegacyRequest(Payload paymentPayload, Requirements paymentRequirements) {

	private static final int DEFAULT_TIMEOUT_SECONDS = 300;

	LegacyRequest {
		required(paymentPayload, "paymentPayload");
		required(paymentRequirements, "paymentRequirements");
	}

	/** Say the same in the current version. */
	FacilitatorRequest current() {
		PaymentRequirements asked = this.paymentRequirements.current();
		PaymentRequirements accepted = new PaymentRequirements(this.paymentPayload.scheme(),
				this.paymentPayload.network(), asked.amount(), asked.asset(), asked.payTo(), asked.maxTimeoutSeconds(),
				Map.of());
		PaymentPayload payment = PaymentPayload.of(null, accepted, this.paymentPayload.payload());
		Map<String, @Nullable Object> extensions = this.paymentPayload.extensions();
		return FacilitatorRequest.of((extensions != null) ? payment.withExtensions(extensions) : payment, asked);
	}

	private static void required(@Nullable Object value, String name) {
		if (value == null) {
			throw new MalformedMessageException("'" + name + "' is missing");
		}
	}

	record Payload(String scheme, String network, Map<String, @Nullable Object> payload,
			@Nullable Map<String, @Nullable Object> extensions) {
	}

	record Requirements(String scheme, String network, String maxAmountRequired, String asset, String payTo,
			@Nullable Integer maxTimeoutSeconds, Map<String, @Nullable Object> extra) {

		Requirements {
			required(maxAmountRequired, "maxAmountRequired");
		}

		PaymentRequirements current() {
			return new PaymentRequirements(this.scheme, this.network, this.maxAmountRequired, this.asset, this.payTo,
					(this.maxTimeoutSeconds != null) ? this.maxTimeoutSeconds : DEFAULT_TIMEOUT_SECONDS, this.extra);
		}

	}

}
