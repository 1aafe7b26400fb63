package io.github.x402sessions.facilitator.event.delivery;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import io.github.x402sessions.facilitator.event.EventType;

/**
 * The events that receivers wait for. They are written by the books themselves, in the
 * transaction that makes them true, one for each receiver that has subscribed to them by
 * then; where nobody has, nothing is written. Implementations are thread-safe.
 */
public interface EventOutbox {

	/** The most events that are changed or deleted at once. */
	int CHANGED_AT_ONCE = 1_000;

	/**
	 * So many events in a row that fail when they are told first, and a receiver is tried
	 * with one event at a time.
	 */
	int FAILURES_OF_A_DEAD_RECEIVER = 5;

	/**
	 * Subscribe a receiver, to what it is told of already too: nodes of another
	 * configuration may serve it as well.
	 * @param receiver its name
	 * @param types what it is told of
	 * @param recipients whose payments and sessions it is told of; empty for all
	 */
	void subscribe(String receiver, Set<EventType> types, Set<String> recipients);

	/**
	 * Say that a receiver is served still. What is not said for an hour of one that is
	 * served is not written for it any more. What was ended meanwhile is not begun again.
	 * @param receiver its name
	 * @param types what it is told of
	 * @param recipients whose payments and sessions it is told of; empty for all
	 */
	void keepSubscribed(String receiver, Set<EventType> types, Set<String> recipients);

	/**
	 * Take the subject that has waited longest of those that are due.
	 * @param receiver who is told
	 * @param lease how long nobody else takes it
	 * @return its first event, or empty if nothing is due
	 */
	Optional<ClaimedEvent> claim(String receiver, Duration lease);

	/**
	 * Write down that an event was told, and give its subject back.
	 * @param event the event
	 */
	void told(ClaimedEvent event);

	/**
	 * Write down that an event was told, and keep its subject.
	 * @param event the event
	 * @param lease how long nobody else takes the subject from now on
	 * @return the next event of the subject, or empty if nothing is left or somebody else
	 * has it; then it is given back
	 */
	Optional<ClaimedEvent> toldAndNext(ClaimedEvent event, Duration lease);

	/**
	 * Write down that an event was not told, and give its subject back.
	 * @param event the event, which waits on, and with it what comes after it
	 * @param pause how long until it is tried again
	 * @param pauseOfReceiver how long until the receiver is tried with any event, where
	 * {@value #FAILURES_OF_A_DEAD_RECEIVER} new ones have failed since the last success
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
	 * Delete some events that nobody waits for, and what receivers have subscribed to and
	 * want no more.
	 * @param told how long events are kept that were told
	 * @param givenUp how long those are kept that were given up, and how long events are
	 * written for a receiver that nobody serves
	 * @return whether there may be more
	 */
	boolean forget(Duration told, Duration givenUp);

	/** Return what waits for each receiver, and what was given up. */
	List<EventBacklog> backlogs();

}
