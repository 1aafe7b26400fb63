package io.github.x402sessions.servlet.hold;

import java.io.IOException;

/**
 * Gives write listeners their turn on a thread of the container, as long as it is not the
 * container's stream that calls them.
 */
@FunctionalInterface
interface WriteTurns {

	/**
	 * Run a turn, once the dispatch that asks for it is over.
	 * @param turn calls a write listener
	 * @throws IllegalStateException if the request is not asynchronous
	 */
	void take(Turn turn);

	/** A call of a write listener. */
	@FunctionalInterface
	interface Turn {

		void run() throws IOException;

	}

}
