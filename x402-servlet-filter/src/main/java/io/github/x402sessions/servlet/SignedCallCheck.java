package io.github.x402sessions.servlet;

import java.io.IOException;
import java.util.Optional;

import io.github.x402sessions.core.gate.PaymentDecision;
import io.github.x402sessions.core.gate.PaymentGate;
import io.github.x402sessions.core.gate.ReceivedCall;
import io.github.x402sessions.core.protocol.PaymentPayload;
import io.github.x402sessions.core.scheme.SignedCall;
import io.github.x402sessions.servlet.body.SignedBody;
import io.github.x402sessions.servlet.challenge.FilterResponses;
import io.github.x402sessions.servlet.request.Exchange;

/**
 * Holds what a payer has signed against the request that came with it, before anything is
 * looked up by the payment and, as far as that goes, before its body is read. A payment that is not signed is for any request, and costs
 * nothing here. Thread-safe.
 */
final class SignedCallCheck {

	private final PaymentGate gate;

	private final FilterResponses responses;

	private final boolean bodyRequired;

	/**
	 * Create a check.
	 * @param bodyRequired whether a payer that signs has to sign for the body
	 */
	SignedCallCheck(PaymentGate gate, FilterResponses responses, boolean bodyRequired) {
		this.gate = gate;
		this.responses = responses;
		this.bodyRequired = bodyRequired;
	}

	/** Return the call that a request is, but for its body. */
	ReceivedCall call(Exchange exchange) {
		return new ReceivedCall(exchange.request().getMethod(), this.responses.resourceUrl(exchange.request()));
	}

	/**
	 * Let a payment pay for its own request only. Any other is answered here.
	 * @param exchange the request, which has a {@link SignedBody} where there is one to
	 * compare, and its response
	 * @return how the request goes on, or empty if it was answered
	 * @throws IOException if the client has gone
	 */
	Optional<Exchange> pass(Exchange exchange, PaymentPayload payment) throws IOException {
		SignedCall signed = ReceivedCall.signedIn(payment).orElse(null);
		if (signed == null) {
			return Optional.of(exchange);
		}
		Optional<PaymentDecision.Denied> refusal = this.gate.refusal(exchange.route(), call(exchange), payment);
		if (refusal.isPresent()) {
			this.responses.write(exchange, refusal.get());
			return Optional.empty();
		}
		if (signed.leavesBodyOpen()) {
			return this.bodyRequired ? refuse(exchange, "the body of the request has to be signed")
					: Optional.of(exchange);
		}
		SignedBody body = SignedBody.of(exchange.request());
		if (body == null || body.isCut()) {
			return refuse(exchange, "the body of the request was read in front of the payment filter");
		}
		return body.isFor(signed) ? Optional.of(exchange.with(body)) : refuse(exchange, SignedBody.DIFFERENCE);
	}

	private Optional<Exchange> refuse(Exchange exchange, String why) throws IOException {
		this.responses.write(exchange, this.gate.refuse(exchange.route(), call(exchange), why));
		return Optional.empty();
	}

}
