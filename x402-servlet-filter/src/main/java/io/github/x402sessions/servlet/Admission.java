package io.github.x402sessions.servlet;

import io.github.x402sessions.servlet.once.StoredAnswer;

/**
 * How a request may go on, as far as its payment's identifier is concerned.
 */
sealed interface Admission {

	/**
	 * It is to be decided, and paid for.
	 *
	 * @param purchase what it buys; to be closed in the end
	 */
	record Open(OpenPurchase purchase) implements Admission {
	}

	/**
	 * It has been answered before.
	 *
	 * @param answer the answer to repeat
	 */
	record Replay(StoredAnswer answer) implements Admission {
	}

	/** The same request is being handled. */
	record Busy() implements Admission {
	}

	/** The identifier was used for another request, or its answer cannot be repeated. */
	record Taken() implements Admission {
	}

}
