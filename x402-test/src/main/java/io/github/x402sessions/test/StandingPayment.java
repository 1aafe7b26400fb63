package io.github.x402sessions.test;

import org.jspecify.annotations.Nullable;

/**
 * The payment that every request of the running test carries, if it is one
 * {@link WithPayment}. Thread-safe.
 */
final class StandingPayment {

	private volatile @Nullable PaymentScript script;

	@Nullable PaymentScript get() {
		return this.script;
	}

	void set(@Nullable PaymentScript script) {
		this.script = script;
	}

}
