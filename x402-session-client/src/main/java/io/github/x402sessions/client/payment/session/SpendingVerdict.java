package io.github.x402sessions.client.payment.session;

import java.util.function.Function;

import io.github.x402sessions.client.payment.DeclineReason;
import io.github.x402sessions.core.protocol.PaymentRequirements;
import org.jspecify.annotations.Nullable;

/**
 * The word of {@link SpendingRules} about a challenge.
 */
sealed interface SpendingVerdict {

	/** Decide by cases. */
	<T> T fold(Function<Allowed, T> allowed, Function<Denied, T> denied);

	/**
	 * It may be paid.
	 *
	 * @param accepted the way to pay
	 */
	record Allowed(PaymentRequirements accepted) implements SpendingVerdict {

		@Override
		public <T> T fold(Function<Allowed, T> allowed, Function<Denied, T> denied) {
			return allowed.apply(this);
		}

	}

	/**
	 * It may not.
	 *
	 * @param reason why not
	 * @param asked the way to pay that came closest, if any
	 */
	record Denied(DeclineReason reason, @Nullable PaymentRequirements asked) implements SpendingVerdict {

		@Override
		public <T> T fold(Function<Allowed, T> allowed, Function<Denied, T> denied) {
			return denied.apply(this);
		}

	}

}
