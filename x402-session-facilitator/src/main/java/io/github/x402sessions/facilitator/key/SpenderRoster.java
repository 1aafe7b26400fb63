package io.github.x402sessions.facilitator.key;

import java.util.List;

/**
 * The spenders that each of the nodes which share the books signs for. Implementations
 * are thread-safe.
 */
public interface SpenderRoster {

	/**
	 * Say which ones this node signs for.
	 * @param addresses their addresses
	 */
	void tell(List<String> addresses);

	/**
	 * Tell whether another node signs for a spender: one that is alive, or that was in
	 * the last ten minutes, because it may be starting again.
	 * @param address the spender's address
	 */
	boolean isHeldElsewhere(String address);

	/**
	 * Count the other nodes that are alive and have not said that they sign for a
	 * spender.
	 * @param address the spender's address
	 */
	int nodesWithout(String address);

	/**
	 * Return the spenders that sessions with anything left, or anything reserved, rest
	 * on.
	 * @param latestLedger the latest ledger; a session that ended before it has nothing
	 * left
	 * @return their addresses
	 */
	List<String> needed(long latestLedger);

}
