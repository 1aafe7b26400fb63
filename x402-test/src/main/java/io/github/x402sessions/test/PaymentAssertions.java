package io.github.x402sessions.test;

import org.jspecify.annotations.Nullable;

/**
 * Starts assertions on payment headers.
 */
public final class PaymentAssertions {

	private PaymentAssertions() {
	}

	/**
	 * Assert on a challenge.
	 * @param header the value of the {@code PAYMENT-REQUIRED} header
	 * @return assertions
	 */
	public static ChallengeAssert assertThatChallenge(@Nullable String header) {
		return new ChallengeAssert(header);
	}

	/**
	 * Assert on a receipt.
	 * @param header the value of the {@code PAYMENT-RESPONSE} header
	 * @return assertions
	 */
	public static ReceiptAssert assertThatReceipt(@Nullable String header) {
		return new ReceiptAssert(header);
	}

}
