package io.github.x402sessions.servlet;

import java.io.IOException;
import java.util.Optional;

import io.github.x402sessions.core.body.SignedCallRules;
import io.github.x402sessions.core.gate.PaymentDecision;
import io.github.x402sessions.core.gate.PaymentGate;
import io.github.x402sessions.core.gate.ReceivedCall;
import io.github.x402sessions.core.protocol.PaymentPayload;
import io.github.x402sessions.core.scheme.SignedCall;
import io.github.x402sessions.servlet.body.SignedBody;
import io.github.x402sessions.servlet.challenge.FilterResponses;
import io.github.x402sessions.servlet.request.Exchange;
import org.jspecify.annotations.Nullable;

/**
 * Holds what a payer has signed against the request that came with it, and answers where
 * they differ. Thread-safe.
 */
final class SignedCallCheck {

	private final SignedCallRules rules;

	private final FilterResponses responses;

	/**
	 * Create a check.
	 * @param bodyRequired whether a payer that signs has to sign for the body
	 */
	SignedCallCheck(PaymentGate gate, FilterResponses responses, boolean bodyRequired) {
		this.rules = new SignedCallRules(gate, responses.resource().isFixed(), bodyRequired);
		this.responses = responses;
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
		SignedBody body = SignedBody.of(exchange.request());
		Optional<PaymentDecision.Denied> refusal = this.rules.refusal(exchange.route(), call(exchange), payment,
				(signed) -> difference(body, signed));
		if (refusal.isPresent()) {
			this.responses.write(exchange, refusal.get());
			return Optional.empty();
		}
		boolean compared = ReceivedCall.signedIn(payment).filter((signed) -> !signed.leavesBodyOpen()).isPresent();
		return Optional.of((compared && body != null) ? exchange.with(body) : exchange);
	}

	private static Optional<String> difference(@Nullable SignedBody body, SignedCall signed) {
		if (body == null || body.isCut()) {
			return Optional.of("the body of the request was read in front of the payment filter");
		}
		return body.isFor(signed) ? Optional.empty() : Optional.of(SignedCallRules.OTHER_BODY);
	}

}
