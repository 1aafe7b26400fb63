package io.github.x402sessions.facilitator.event.delivery;

import java.time.Duration;
import java.util.Set;

import io.github.x402sessions.facilitator.event.EventType;
import io.github.x402sessions.facilitator.event.FacilitatorEvent;

/**
 * Takes events. Implementations are thread-safe.
 */
interface EventReceiver {

	/** Return its name among all receivers. */
	String name();

	/** Return what it is told of. */
	Set<EventType> types();

	/** Return whose payments and sessions it is told of; empty for all. */
	Set<String> recipients();

	/** Return how many events it is told of at once. */
	int parallel();

	/** Return how long telling it of one event takes at most. */
	Duration timeout();

	/** Tell whether it can be told of anything now. */
	boolean isReady();

	/** Tell it of an event. */
	Reaction tell(FacilitatorEvent event);

	/** The reactions to an event. */
	enum Reaction {

		/** It knows of the event. */
		TAKEN,

		/** It has to be told again, or it is not known whether it has to. */
		NOT_TAKEN,

		/** It wants to hear of nothing more. */
		GONE

	}

}
