package io.github.x402sessions.facilitator.rpc;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * Reads what contracts have told while transactions were applied, page by page, as far
 * back as a node remembers. Implementations are thread-safe and bound the time of every
 * call.
 */
public interface StellarEvents {

	/**
	 * Read a page of events of transactions that did what they say.
	 * @param contract the contract that told them, {@code C…}
	 * @param topics the topics of those that are wanted, each list the XDR of a topic or
	 * {@code *} in each place; at most five
	 * @param startLedger the first ledger, where the first page is asked for
	 * @param cursor where the page before has ended; {@code null} for the first page
	 * @return the page
	 * @throws RpcException if there is no usable answer
	 */
	EventPage events(String contract, List<List<String>> topics, long startLedger, @Nullable String cursor);

}
