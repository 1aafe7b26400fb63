package io.github.x402sessions.facilitator.event.delivery;

import java.util.List;

/**
 * The dispatchers of all receivers.
 *
 * @param dispatchers one for each receiver
 */
record EventDispatchers(List<EventDispatcher> dispatchers) implements AutoCloseable {

	/** Copy the list. */
	EventDispatchers {
		dispatchers = List.copyOf(dispatchers);
	}

	/** Return the names of the receivers. */
	List<String> receivers() {
		return this.dispatchers.stream().map(EventDispatcher::receiver).toList();
	}

	/** Begin. */
	void start() {
		this.dispatchers.forEach(EventDispatcher::start);
	}

	@Override
	public void close() {
		this.dispatchers.forEach(EventDispatcher::close);
	}

}
