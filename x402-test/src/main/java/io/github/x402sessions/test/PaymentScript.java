package io.github.x402sessions.test;

import java.math.BigInteger;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

import io.github.x402sessions.core.idempotency.PaymentIdentifier;
import io.github.x402sessions.core.protocol.PaymentHeader;
import io.github.x402sessions.core.protocol.PaymentPayload;
import io.github.x402sessions.core.protocol.PaymentRequired;
import io.github.x402sessions.core.protocol.PaymentRequirements;
import org.jspecify.annotations.Nullable;

/**
 * Tells what a payment of a test is like and what becomes of it. It travels with the
 * payment, so that a {@link ScriptedFacilitator} needs no other word and tests beside
 * each other do not meet.
 *
 * @param payer who pays, if not {@link ScriptedFacilitator#PAYER}
 * @param scheme which of the ways to pay is taken, by scheme
 * @param network which of them, by network
 * @param amount what is paid, base units, in place of what is asked
 * @param fate what becomes of it, if not what the facilitator's own script says
 * @param reason the reason on the wire, where there is one
 */
record PaymentScript(@Nullable String payer, @Nullable String scheme, @Nullable String network, @Nullable String amount,
		@Nullable Fate fate, @Nullable String reason) {

	/** The header that asks for a payment to be made for a request. */
	static final String HEADER = "X402-Test-Payment";

	static final PaymentScript PLAIN = new PaymentScript(null, null, null, null, null, null);

	private static final String PLACE = "script";

	private static final int MAX_LENGTH = 4 * 1024;

	/** Return what travels with a payment; a payment that was made otherwise has none. */
	static PaymentScript of(PaymentPayload payment) {
		return (payment.payload().get(PLACE) instanceof String script) ? read(script) : PLAIN;
	}

	/** Read what {@link #write} has written. */
	static PaymentScript read(String value) {
		return PaymentHeader.decode(value, PaymentScript.class, MAX_LENGTH);
	}

	String write() {
		return PaymentHeader.encode(this);
	}

	PaymentScript withFate(Fate fate, @Nullable String reason) {
		return new PaymentScript(this.payer, this.scheme, this.network, this.amount, fate, reason);
	}

	String payerOr(String other) {
		return Objects.requireNonNullElse(this.payer, other);
	}

	/**
	 * Make the payment.
	 * @return the value of the {@code PAYMENT-SIGNATURE} header
	 * @throws IllegalStateException if the challenge has no such way to pay
	 */
	String pay(PaymentRequired challenge) {
		PaymentRequirements asked = challenge.accepts()
			.stream()
			.filter((way) -> (this.scheme == null || this.scheme.equals(way.scheme()))
					&& (this.network == null || this.network.equals(way.network())))
			.findFirst()
			.orElseThrow(() -> new IllegalStateException(unknownWay(challenge)));
		PaymentPayload payment = PaymentPayload.of(null,
				(this.amount != null) ? asked.withAmount(new BigInteger(this.amount)) : asked,
				Map.of("sessionId", "test-session", PLACE, write()));
		Map<String, @Nullable Object> extensions = challenge.extensions();
		boolean identified = extensions != null && extensions.containsKey(PaymentIdentifier.EXTENSION);
		return PaymentHeader.encode(identified ? PaymentIdentifier.random().in(payment) : payment);
	}

	private String unknownWay(PaymentRequired challenge) {
		return String.format(Locale.ROOT, "the route takes no payment of scheme %s on network %s, but %s",
				Objects.requireNonNullElse(this.scheme, "*"), Objects.requireNonNullElse(this.network, "*"),
				challenge.accepts().stream().map((way) -> way.scheme() + " on " + way.network()).toList());
	}

	/** What becomes of a payment. */
	enum Fate {

		/** It is refused when it is verified. */
		REFUSED,

		/** It is verified, and refused when it is settled. */
		UNSETTLED,

		/** The facilitator is out of reach. */
		UNREACHABLE,

		/** It is settled, and the answer is lost. */
		LOST

	}

}
