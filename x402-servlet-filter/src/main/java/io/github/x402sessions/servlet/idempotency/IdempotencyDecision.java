package io.github.x402sessions.servlet.idempotency;

/**
 * How a request may go on, as far as its payment's identifier is concerned.
 */
public sealed interface IdempotencyDecision {

	/**
	 * It is to be decided, and paid for.
	 *
	 * @param purchase what it buys; to be closed in the end
	 */
	record Open(IdempotentPurchase purchase) implements IdempotencyDecision {
	}

	/**
	 * It has been answered before.
	 *
	 * @param answer the answer to repeat
	 */
	record Replay(StoredResponse answer) implements IdempotencyDecision {
	}

	/** The same request is being handled. */
	record Busy() implements IdempotencyDecision {
	}

	/** The identifier was used for another request, or its answer cannot be repeated. */
	record Taken() implements IdempotencyDecision {
	}

}
