package io.github.x402sessions.facilitator.settlement.repository;

import java.util.function.Function;

/**
 * The result of tracking a transaction.
 */
public sealed interface TrackingResult {

	/**
	 * Decide by cases.
	 * @param <T> the type of the result
	 * @param decided what to make of an end that is known
	 * @param open what to make of one that is not
	 * @return the result of the case
	 */
	<T> T fold(Function<Decided, T> decided, Function<Open, T> open);

	/**
	 * The books know how it ended.
	 *
	 * @param outcome the end
	 * @param feeCharged what the ledger charged, stroops
	 */
	record Decided(Outcome outcome, long feeCharged) implements TrackingResult {

		@Override
		public <T> T fold(Function<Decided, T> decided, Function<Open, T> open) {
			return decided.apply(this);
		}

		public Decided(Outcome outcome) {
			this(outcome, 0);
		}

	}

	/**
	 * It is open: the follower was stopped. Nothing is freed.
	 */
	record Open() implements TrackingResult {

		@Override
		public <T> T fold(Function<Decided, T> decided, Function<Open, T> open) {
			return open.apply(this);
		}

	}

}
