package io.github.x402sessions.core.settle;

import io.github.x402sessions.core.challenge.OwnAnswer;

/**
 * The answer that a client gets, below the one that is held.
 */
public interface RawAnswer extends OwnAnswer {

	/**
	 * Tell whether its head has left.
	 * @return whether it has
	 */
	boolean isCommitted();

	/**
	 * Return how much of it its server keeps before it sends it.
	 * @return bytes, 0 or more
	 */
	int bufferSize();

	/**
	 * Give it back the headers that it had before its handler ran, and nothing else.
	 */
	void restore();

}
