package io.github.x402sessions.test;

import java.util.Objects;

import io.github.x402sessions.core.protocol.PaymentHeader;
import io.github.x402sessions.core.protocol.SettleResponse;
import org.assertj.core.api.AbstractAssert;
import org.assertj.core.api.Assertions;
import org.jspecify.annotations.Nullable;

/**
 * Assertions on a {@code PAYMENT-RESPONSE} header.
 */
public final class ReceiptAssert extends AbstractAssert<ReceiptAssert, @Nullable String> {

	private static final int MAX_LENGTH = 64 * 1024;

	ReceiptAssert(@Nullable String header) {
		super(header, ReceiptAssert.class);
	}

	/**
	 * Check that the money moved.
	 * @return this
	 */
	public ReceiptAssert isSettled() {
		Assertions.assertThat(receipt().success()).as("success").isTrue();
		Assertions.assertThat(receipt().transaction()).as("transaction").isNotBlank();
		return this;
	}

	/**
	 * Check that the money did not move.
	 * @param reason the reason on the wire
	 * @return this
	 */
	public ReceiptAssert failedWith(String reason) {
		Assertions.assertThat(receipt().success()).as("success").isFalse();
		Assertions.assertThat(receipt().errorReason()).as("errorReason").isEqualTo(reason);
		return this;
	}

	private SettleResponse receipt() {
		isNotNull();
		return PaymentHeader.decode(Objects.requireNonNull(this.actual), SettleResponse.class, MAX_LENGTH);
	}

}
