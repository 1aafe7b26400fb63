package io.github.x402sessions.stellar.rpc;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * Some events, in the order in which they happened.
 *
 * @param events the events
 * @param cursor where the next page begins; absent if there is nothing more to read yet
 * @param latestLedger the latest ledger that the node has read
 */
public record EventPage(List<Event> events, @Nullable String cursor, long latestLedger) {

	/**
	 * In a cursor's first number the ledger stands before a transaction's 20 and an
	 * operation's 12 bits.
	 */
	private static final int BITS_AFTER_THE_LEDGER = 32;

	/** Copy the list. */
	public EventPage {
		events = List.copyOf(events);
	}

	/**
	 * Tell whether there is nothing after this page for now.
	 * @return whether its end is that of the node's latest ledger
	 */
	public boolean isLast() {
		return this.cursor == null || (this.events.isEmpty() && ledger(this.cursor) >= this.latestLedger);
	}

	private static long ledger(String cursor) {
		try {
			return Long.parseLong(cursor.substring(0, Math.max(0, cursor.indexOf('-')))) >>> BITS_AFTER_THE_LEDGER;
		}
		catch (NumberFormatException ex) {
			throw new RpcException("the Stellar RPC answered with a cursor that names no ledger", ex);
		}
	}

	/**
	 * An event that a contract has emitted.
	 *
	 * @param transaction the hash of the transaction, 64 hex digits
	 * @param ledger the ledger that applied it
	 * @param topics the XDR of the topics
	 */
	public record Event(String transaction, long ledger, List<String> topics) {

		/** Copy the list. */
		public Event {
			topics = List.copyOf(topics);
		}

	}

}
