package io.github.x402sessions.facilitator.settlement.recipient;

import java.util.List;

/**
 * The settlements of recipients, deferred or not, in the order in which they changed.
 * Implementations are thread-safe.
 */
public interface RecipientBooks {

	/** A moment's work. */
	int MOST = 1_000;

	/**
	 * Read what has changed. What changes while that is read comes later, never before:
	 * who goes on from the last number that it was given misses nothing, and may be given
	 * a settlement again whose change was its own state already.
	 * @param recipient the recipient's address
	 * @param since the number of the last change that is known; 0 for none
	 * @param count how many at most, {@value #MOST} or less
	 * @return the changes, the first one first
	 */
	List<RecordedChange> changes(String recipient, long since, int count);

	/**
	 * Read the commitments that no ledger has yet, of the changes that have a number.
	 * What changes meanwhile is among the changes to come.
	 * @param recipient the recipient's address
	 * @param since the number of the last change that is known; 0 for none
	 * @param count how many at most, {@value #MOST} or less
	 * @return their last changes, the first one first
	 */
	List<RecordedChange> open(String recipient, long since, int count);

	/**
	 * Give all that has changed its number, however long the history is.
	 * @param recipient the recipient's address
	 * @return the last one: whoever goes on from it is told of nothing that ended before
	 */
	long numberAll(String recipient);

	/**
	 * Return the number of the last change that anybody was told of; 0 if nobody was. Who
	 * knows of a later one was told so by books that are lost, such as those that a
	 * backup has replaced.
	 * @param recipient the recipient's address
	 */
	long lastTold(String recipient);

}
