package io.github.x402sessions.core.purchase;

import java.math.BigInteger;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

/**
 * The next step of a request, as far as its payment's identifier is concerned.
 */
public sealed interface IdempotencyDecision {

	/**
	 * Decide by cases.
	 * @param <T> the type of the result
	 * @param open what to make of one that is to be decided
	 * @param replay what to make of one that was answered
	 * @param busy what to make of one that is being handled
	 * @param taken what to make of an identifier that was used
	 * @param unavailable what to make of one of which nobody knows
	 * @return the result of the case
	 */
	<T> T fold(Function<Open, T> open, Function<Replay, T> replay, Function<Busy, T> busy, Function<Taken, T> taken,
			Function<Unavailable, T> unavailable);

	/**
	 * It is to be decided, and paid for.
	 *
	 * @param purchase what it buys; to be closed in the end
	 */
	record Open(IdempotentPurchase purchase) implements IdempotencyDecision {

		@Override
		public <T> T fold(Function<Open, T> open, Function<Replay, T> replay, Function<Busy, T> busy,
				Function<Taken, T> taken, Function<Unavailable, T> unavailable) {
			return open.apply(this);
		}

	}

	/**
	 * It has been answered before.
	 *
	 * @param response the answer to repeat
	 * @param amount what was settled for it, base units; {@code null} if the store does
	 * not say
	 */
	record Replay(StoredResponse response, @Nullable BigInteger amount) implements IdempotencyDecision {

		@Override
		public <T> T fold(Function<Open, T> open, Function<Replay, T> replay, Function<Busy, T> busy,
				Function<Taken, T> taken, Function<Unavailable, T> unavailable) {
			return replay.apply(this);
		}

	}

	/** The same request is being handled. */
	record Busy() implements IdempotencyDecision {

		@Override
		public <T> T fold(Function<Open, T> open, Function<Replay, T> replay, Function<Busy, T> busy,
				Function<Taken, T> taken, Function<Unavailable, T> unavailable) {
			return busy.apply(this);
		}

	}

	/** The identifier was used for another request, or its answer cannot be repeated. */
	record Taken() implements IdempotencyDecision {

		@Override
		public <T> T fold(Function<Open, T> open, Function<Replay, T> replay, Function<Busy, T> busy,
				Function<Taken, T> taken, Function<Unavailable, T> unavailable) {
			return taken.apply(this);
		}

	}

	/** What the identifier was used for cannot be found out now. */
	record Unavailable() implements IdempotencyDecision {

		@Override
		public <T> T fold(Function<Open, T> open, Function<Replay, T> replay, Function<Busy, T> busy,
				Function<Taken, T> taken, Function<Unavailable, T> unavailable) {
			return unavailable.apply(this);
		}

	}

}
