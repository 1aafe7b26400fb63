package io.github.x402sessions.facilitator.event.delivery;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Set;

import io.github.x402sessions.facilitator.event.EventType;

/**
 * The events that receivers wait for. They are written by the books themselves, in the
 * transaction that makes them true, one for each receiver that has subscribed to them by
 * then; where nobody has, nothing is written. Implementations are thread-safe.
 */
public interface EventOutbox {

	/** The most events that are deleted at once. */
	int FORGOTTEN_AT_ONCE = 1_000;

	/** So many failures in a row, and a receiver is tried with one event at a time. */
	int FAILURES_OF_A_DEAD_RECEIVER = 5;

	/**
	 * Subscribe a receiver, in place of what it had subscribed to before.
	 * @param receiver its name
	 * @param types what it is told of
	 * @param recipients whose payments and sessions it is told of; empty for all
	 */
	void subscribe(String receiver, Set<EventType> types, Set<String> recipients);

	/**
	 * Take events that are to be told now, each the first of its subject, of which no
	 * other is taken by anybody.
	 * @param receiver who is told
	 * @param count how many at most
	 * @param lease how long nobody else takes any of these subjects
	 * @return the events, in their order
	 */
	List<ClaimedEvent> claim(String receiver, int count, Duration lease);

	/**
	 * Write down that an event was told.
	 * @param event the event
	 */
	void told(ClaimedEvent event);

	/**
	 * Write down that an event was not told.
	 * @param event the event, which waits on
	 * @param pause how long until it is tried again
	 * @param pauseOfReceiver how long until the receiver is tried with any event, where
	 * it has failed {@value #FAILURES_OF_A_DEAD_RECEIVER} times since the last success
	 */
	void failed(ClaimedEvent event, Duration pause, Duration pauseOfReceiver);

	/**
	 * End a subscription: nothing is written for the receiver any more, and what waits
	 * for it is given up.
	 * @param receiver its name
	 * @return how many events are given up
	 */
	int end(String receiver);

	/**
	 * Give up what has waited for long.
	 * @param receiver who was to be told
	 * @param longest how long events wait
	 * @return how many events are given up
	 */
	int giveUp(String receiver, Duration longest);

	/**
	 * Have events told that were given up.
	 * @param receiver who is to be told
	 * @return how many there are
	 */
	int resume(String receiver);

	/**
	 * Delete some events that nobody waits for.
	 * @param alive the receivers that are served here
	 * @param told how long events are kept that were told
	 * @param givenUp how long those are kept that were given up, and how long events are
	 * written for a receiver that nobody serves
	 * @return whether there may be more
	 */
	boolean forget(Collection<String> alive, Duration told, Duration givenUp);

	/** Return what waits for each receiver, and what was given up. */
	List<EventBacklog> backlogs();

}
