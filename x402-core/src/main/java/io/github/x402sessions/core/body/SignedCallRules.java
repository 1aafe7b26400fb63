package io.github.x402sessions.core.body;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;

import io.github.x402sessions.core.gate.PaymentDecision;
import io.github.x402sessions.core.gate.PaymentGate;
import io.github.x402sessions.core.gate.ReceivedCall;
import io.github.x402sessions.core.protocol.PaymentPayload;
import io.github.x402sessions.core.scheme.SignedCall;
import io.github.x402sessions.core.terms.PricedRoute;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Holds what a payer has signed against the request that came with it, before anything is
 * looked up by the payment and, as far as that goes, before its body is read. A payment
 * that is not signed is for any request. Thread-safe.
 */
public final class SignedCallRules {

	/** What is said of a payment that was signed for another body. */
	public static final String OTHER_BODY = "the payment is signed for another body";

	private static final Logger logger = LoggerFactory.getLogger(SignedCallRules.class);

	private final PaymentGate gate;

	private final boolean hostIsKnown;

	private final boolean bodyRequired;

	private final AtomicBoolean warned = new AtomicBoolean();

	/**
	 * Create the rules.
	 * @param gate refuses
	 * @param hostIsKnown whether the server alone says where it is reached
	 * @param bodyRequired whether a payer that signs has to sign for the body
	 */
	public SignedCallRules(PaymentGate gate, boolean hostIsKnown, boolean bodyRequired) {
		this.gate = gate;
		this.hostIsKnown = hostIsKnown;
		this.bodyRequired = bodyRequired;
	}

	/**
	 * Tell why a payment does not pay for its own request, if it does not.
	 * @param route the route that the request is for
	 * @param call the request, but for its body
	 * @param payment the payment that came with it
	 * @param body compares the body with the one that was signed for: returns a sentence
	 * for the client's developer, or empty if it is the same
	 * @return why it is refused, or empty if it is not
	 */
	public Optional<PaymentDecision.Denied> refusal(PricedRoute route, ReceivedCall call, PaymentPayload payment,
			Function<SignedCall, Optional<String>> body) {
		SignedCall signed = ReceivedCall.signedIn(payment).orElse(null);
		if (signed == null) {
			return Optional.empty();
		}
		warnOfHosts();
		Optional<PaymentDecision.Denied> refusal = this.gate.refusal(route, call, payment);
		if (refusal.isPresent()) {
			return refusal;
		}
		return reason(signed, body).map((why) -> this.gate.refuse(route, call, why));
	}

	private Optional<String> reason(SignedCall signed, Function<SignedCall, Optional<String>> body) {
		if (!signed.leavesBodyOpen()) {
			return body.apply(signed);
		}
		return this.bodyRequired ? Optional.of("the body of the request has to be signed") : Optional.empty();
	}

	/** Whoever sends a request chooses the host that it names. */
	private void warnOfHosts() {
		if (!this.hostIsKnown && this.warned.compareAndSet(false, true)) {
			logger
				.warn("A payment that is signed for a URL has come, and publicBaseUrl is not set: it is compared with "
						+ "the Host header, which the sender chooses. A payment for another server with the same recipient, "
						+ "price and path is taken here too. Set publicBaseUrl (told once)");
		}
	}

}
