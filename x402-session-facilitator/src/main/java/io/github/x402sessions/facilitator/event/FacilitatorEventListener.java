package io.github.x402sessions.facilitator.event;

/**
 * Hears of the events of a facilitator in the same process. An event is told again, some
 * time later, until a call for it returns: at least once, then, and in the order of each
 * session. Of several processes that share the books, one is told. Calls come one after
 * the other from a thread of the facilitator.
 */
@FunctionalInterface
public interface FacilitatorEventListener {

	/**
	 * Hear of an event.
	 * @param event what has happened
	 * @throws RuntimeException if it is to be told again
	 */
	void onEvent(FacilitatorEvent event);

	/**
	 * Tell whether it can hear. While it cannot, events wait.
	 * @return whether it can
	 */
	default boolean isReady() {
		return true;
	}

}
