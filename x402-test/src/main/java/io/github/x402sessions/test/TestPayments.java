package io.github.x402sessions.test;

import java.util.Map;
import java.util.Objects;

import io.github.x402sessions.core.protocol.PaymentHeader;
import io.github.x402sessions.core.protocol.PaymentPayload;
import io.github.x402sessions.core.protocol.PaymentRequired;
import org.jspecify.annotations.Nullable;

/**
 * Makes payments that a {@link ScriptedFacilitator} approves of.
 */
public final class TestPayments {

	private static final int MAX_LENGTH = 64 * 1024;

	private TestPayments() {
	}

	/**
	 * Read a challenge.
	 * @param header the value of the {@code PAYMENT-REQUIRED} header
	 * @return the challenge
	 * @throws IllegalArgumentException if there is none
	 */
	public static PaymentRequired challenge(@Nullable String header) {
		if (header == null) {
			throw new IllegalArgumentException("there is no " + PaymentHeader.REQUIRED + " header");
		}
		return PaymentHeader.decode(header, PaymentRequired.class, MAX_LENGTH);
	}

	/**
	 * Pay what a challenge asks first.
	 * @param header the value of the {@code PAYMENT-REQUIRED} header
	 * @return the value of the {@code PAYMENT-SIGNATURE} header
	 */
	public static String pay(@Nullable String header) {
		return pay(challenge(header), Map.of("sessionId", "test-session"));
	}

	/**
	 * Pay what a challenge asks first.
	 * @param challenge the challenge
	 * @param payload what the scheme needs
	 * @return the value of the {@code PAYMENT-SIGNATURE} header
	 */
	public static String pay(PaymentRequired challenge, Map<String, @Nullable Object> payload) {
		Objects.requireNonNull(challenge, "challenge");
		return PaymentHeader.encode(PaymentPayload.of(null, challenge.accepts().get(0), payload));
	}

}
