package io.github.x402sessions.servlet;

import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

import io.github.x402sessions.core.gate.PaymentDecision;
import io.github.x402sessions.core.gate.PaymentGate;
import io.github.x402sessions.core.gate.ReceivedCall;
import io.github.x402sessions.core.protocol.PaymentPayload;
import io.github.x402sessions.core.scheme.SignedCall;
import io.github.x402sessions.servlet.body.SignedBody;
import io.github.x402sessions.servlet.challenge.FilterResponses;
import io.github.x402sessions.servlet.request.Exchange;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Holds what a payer has signed against the request that came with it, before anything is
 * looked up by the payment and, as far as that goes, before its body is read. A payment
 * that is not signed is for any request, and costs nothing here. Thread-safe.
 */
final class SignedCallCheck {

	private static final Logger logger = LoggerFactory.getLogger(SignedCallCheck.class);

	private final PaymentGate gate;

	private final FilterResponses responses;

	private final boolean bodyRequired;

	private final AtomicBoolean warned = new AtomicBoolean();

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
		warnOfHosts();
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

	/** Whoever sends a request chooses the host that it names. */
	private void warnOfHosts() {
		if (!this.responses.resource().isFixed() && this.warned.compareAndSet(false, true)) {
			logger
				.warn("A payment that is signed for a URL has come, and publicBaseUrl is not set: it is compared with "
						+ "the Host header, which the sender chooses. A payment for another server with the same recipient, "
						+ "price and path is taken here too. Set publicBaseUrl (told once)");
		}
	}

	private Optional<Exchange> refuse(Exchange exchange, String why) throws IOException {
		this.responses.write(exchange, this.gate.refuse(exchange.route(), call(exchange), why));
		return Optional.empty();
	}

}
