package io.github.x402sessions.facilitator.event.delivery;

/**
 * Hears what becomes of events. Implementations are thread-safe.
 */
public interface EventObserver {

	/** A receiver is served from now on. */
	void serves(String receiver);

	/** A receiver was told of an event. */
	void told(String receiver);

	/** A receiver was not told of an event, which waits on. */
	void failed(String receiver);

	/** Events of a receiver are given up. */
	void givenUp(String receiver, int count);

}
