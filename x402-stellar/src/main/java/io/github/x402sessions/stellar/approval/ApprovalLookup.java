package io.github.x402sessions.stellar.approval;

import java.util.function.Function;

/**
 * The result of looking up a transaction that is said to be an approval.
 */
public sealed interface ApprovalLookup {

	/**
	 * Decide by cases.
	 * @param <T> the type of the result
	 * @param found what to make of an approval
	 * @param notFound what to make of nothing
	 * @param other what to make of something else
	 * @return the result of the case
	 */
	<T> T fold(Function<Found, T> found, Function<NotFound, T> notFound, Function<Other, T> other);

	/**
	 * The chain applied it.
	 *
	 * @param approval what it says
	 */
	record Found(Approval approval) implements ApprovalLookup {

		@Override
		public <T> T fold(Function<Found, T> found, Function<NotFound, T> notFound, Function<Other, T> other) {
			return found.apply(this);
		}

	}

	/** The node does not know it, or does not know it yet. */
	record NotFound() implements ApprovalLookup {

		@Override
		public <T> T fold(Function<Found, T> found, Function<NotFound, T> notFound, Function<Other, T> other) {
			return notFound.apply(this);
		}

	}

	/**
	 * It is something else.
	 *
	 * @param reason what it is, in a sentence
	 */
	record Other(String reason) implements ApprovalLookup {

		@Override
		public <T> T fold(Function<Found, T> found, Function<NotFound, T> notFound, Function<Other, T> other) {
			return other.apply(this);
		}

	}

}
