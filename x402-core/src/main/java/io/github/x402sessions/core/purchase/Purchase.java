package io.github.x402sessions.core.purchase;

import java.math.BigInteger;
import java.util.Objects;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

/**
 * The record of a payment identifier that was used.
 */
public sealed interface Purchase {

	/**
	 * Return what the identifier was used for.
	 * @return a hash of the request, without its body
	 */
	String request();

	/**
	 * Decide by cases.
	 * @param <T> the type of the result
	 * @param running what to make of a request that is being handled
	 * @param owed what to make of a payment without an answer
	 * @param answered what to make of an answer that was kept
	 * @param spent what to make of one that was not
	 * @return the result of the case
	 */
	<T> T fold(Function<Running, T> running, Function<Owed, T> owed, Function<Answered, T> answered,
			Function<Spent, T> spent);

	/**
	 * The request is being handled.
	 *
	 * @param request a hash of the request, without its body
	 */
	record Running(String request) implements Purchase {

		/**
		 * Check the fields.
		 */
		public Running {
			Objects.requireNonNull(request, "request");
		}

		@Override
		public <T> T fold(Function<Running, T> running, Function<Owed, T> owed, Function<Answered, T> answered,
				Function<Spent, T> spent) {
			return running.apply(this);
		}

	}

	/**
	 * The money moved, or may have, and nothing of the answer that it was to buy has
	 * left. The same request may run once more without another charge: exactly what was
	 * settled is settled again.
	 *
	 * @param request a hash of the request, without its body
	 * @param body a hash of what was read of the request's body
	 * @param amount what was to be settled, base units
	 * @param runs how often it was, at least 1
	 */
	record Owed(String request, String body, BigInteger amount, int runs) implements Purchase {

		/**
		 * Check the fields.
		 */
		public Owed {
			Objects.requireNonNull(request, "request");
			Objects.requireNonNull(body, "body");
			Objects.requireNonNull(amount, "amount");
		}

		@Override
		public <T> T fold(Function<Running, T> running, Function<Owed, T> owed, Function<Answered, T> answered,
				Function<Spent, T> spent) {
			return owed.apply(this);
		}

	}

	/**
	 * It was paid for and answered, if only with a failure.
	 *
	 * @param request a hash of the request, without its body
	 * @param body a hash of what was read of the request's body
	 * @param response the answer
	 * @param amount what was settled for it, base units; {@code null} if that was not
	 * noted
	 */
	record Answered(String request, String body, StoredResponse response,
			@Nullable BigInteger amount) implements Purchase {

		/**
		 * Check the fields.
		 */
		public Answered {
			Objects.requireNonNull(request, "request");
			Objects.requireNonNull(body, "body");
			Objects.requireNonNull(response, "response");
		}

		@Override
		public <T> T fold(Function<Running, T> running, Function<Owed, T> owed, Function<Answered, T> answered,
				Function<Spent, T> spent) {
			return answered.apply(this);
		}

	}

	/**
	 * It was paid for, and its answer cannot be given again: it was too long to keep, or
	 * only a part of it has left.
	 *
	 * @param request a hash of the request, without its body
	 */
	record Spent(String request) implements Purchase {

		/**
		 * Check the fields.
		 */
		public Spent {
			Objects.requireNonNull(request, "request");
		}

		@Override
		public <T> T fold(Function<Running, T> running, Function<Owed, T> owed, Function<Answered, T> answered,
				Function<Spent, T> spent) {
			return spent.apply(this);
		}

	}

}
