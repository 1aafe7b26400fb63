package io.github.x402sessions.devnet.network;

import java.util.function.Function;
import java.util.function.Supplier;

import io.github.x402sessions.devnet.transaction.Rejection;

/**
 * The answer to a submitted transaction.
 */
public sealed interface SubmissionResult {

	/** Handles each kind of answer. */
	<T> T fold(Function<Status, T> answered, Function<Rejection, T> refused, Supplier<T> lost);

	/**
	 * A transaction that is not wrong.
	 *
	 * @param status where it is now
	 */
	record Answered(Status status) implements SubmissionResult {

		@Override
		public <T> T fold(Function<Status, T> answered, Function<Rejection, T> refused, Supplier<T> lost) {
			return answered.apply(this.status);
		}

	}

	/**
	 * A transaction that is wrong.
	 *
	 * @param why the reason
	 */
	record Refused(Rejection why) implements SubmissionResult {

		@Override
		public <T> T fold(Function<Status, T> answered, Function<Rejection, T> refused, Supplier<T> lost) {
			return refused.apply(this.why);
		}

	}

	/**
	 * A transaction that may have been taken, but its sender is not told: a fault on
	 * demand.
	 */
	record AnswerLost() implements SubmissionResult {

		@Override
		public <T> T fold(Function<Status, T> answered, Function<Rejection, T> refused, Supplier<T> lost) {
			return lost.get();
		}

	}

	/**
	 * The status of a transaction that is not wrong, as {@code sendTransaction} names it.
	 */
	enum Status {

		/** It waits for the next ledger. */
		PENDING,
		/** It waits already. */
		DUPLICATE,
		/**
		 * It cannot wait now: its source has another one waiting, or it was taken before.
		 */
		TRY_AGAIN_LATER

	}

}
