package io.github.x402sessions.facilitator.settlement.repository;

import java.util.function.Function;

import org.jspecify.annotations.Nullable;

/**
 * The result of reserving money for a payment.
 */
public sealed interface Reservation {

	/**
	 * Decide by cases.
	 * @param <T> the type of the result
	 * @param made what to make of an amount that is set aside
	 * @param refused what to make of one that is too much
	 * @param repeated what to make of a payment that is known
	 * @return the result of the case
	 */
	<T extends @Nullable Object> T fold(Function<Made, T> made, Function<Refused, T> refused,
			Function<Repeated, T> repeated);

	/**
	 * The amount is set aside.
	 *
	 * @param settlement the settlement
	 */
	record Made(Settlement settlement) implements Reservation {

		@Override
		public <T extends @Nullable Object> T fold(Function<Made, T> made, Function<Refused, T> refused,
				Function<Repeated, T> repeated) {
			return made.apply(this);
		}

	}

	/** The account has not that much left, or pays no more. */
	record Refused() implements Reservation {

		@Override
		public <T extends @Nullable Object> T fold(Function<Made, T> made, Function<Refused, T> refused,
				Function<Repeated, T> repeated) {
			return refused.apply(this);
		}

	}

	/** Another settlement with the same payment identifier is under way or has paid. */
	record Repeated() implements Reservation {

		@Override
		public <T extends @Nullable Object> T fold(Function<Made, T> made, Function<Refused, T> refused,
				Function<Repeated, T> repeated) {
			return repeated.apply(this);
		}

	}

}
