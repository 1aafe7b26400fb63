package io.github.x402sessions.stellar.rpc;

import java.util.Collection;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * Asks a Stellar node over JSON-RPC. XDR goes in and out as base64, so that no SDK type
 * stands here. Implementations are thread-safe and bound the time of every call.
 */
public interface StellarRpc {

	/** How many events a node can be asked for by their topics at once. */
	int MOST_TOPICS = 25;

	/**
	 * Return the nodes behind this, to hear what each of them says.
	 * @return the nodes; this alone where it is one
	 */
	default List<StellarRpc> nodes() {
		return List.of(this);
	}

	/**
	 * Return the passphrase of the network that the node serves.
	 * @return the passphrase
	 * @throws RpcException if there is no usable answer
	 */
	String networkPassphrase();

	/**
	 * Return the latest closed ledger.
	 * @return the ledger, and the oldest that the node still has
	 * @throws RpcException if there is no usable answer
	 */
	LatestLedger latestLedger();

	/**
	 * Return the latest closed ledger, if the node is healthy: one that lags refuses.
	 * @return the ledger
	 * @throws RpcException if there is no usable answer
	 */
	Health health();

	/**
	 * Look a transaction up.
	 * @param hash its hash, 64 hex digits
	 * @return what the node knows about it
	 * @throws RpcException if there is no usable answer
	 */
	TransactionLookup transaction(String hash);

	/**
	 * Offer a signed transaction to the network.
	 * @param envelope the envelope's XDR
	 * @return what the node's queue says; not an outcome
	 * @throws RpcException if there is no usable answer; the transaction may have been
	 * accepted
	 */
	Submission send(String envelope);

	/**
	 * Try a transaction against the latest ledger without sending it.
	 * @param envelope the envelope's XDR
	 * @return the resources that it needs, or why it fails
	 * @throws RpcException if there is no usable answer
	 */
	Simulation simulate(String envelope);

	/**
	 * Read ledger entries.
	 * @param keys the keys' XDR
	 * @return those that exist
	 * @throws RpcException if there is no usable answer
	 */
	LedgerEntries entries(Collection<String> keys);

	/**
	 * Return what nine of ten contract calls of late bid at most to be included.
	 * @return the bid, stroops
	 * @throws RpcException if there is no usable answer
	 */
	long inclusionFee();

	/**
	 * Read a page of events of transactions that did what they say.
	 * @param contract the contract that told them, {@code C…}
	 * @param topics the topics of those that are wanted, each list the XDR of a topic or
	 * {@code *} in each place; at least one and at most {@value #MOST_TOPICS}
	 * @param startLedger the first ledger, where the first page is asked for
	 * @param cursor where the page before has ended; {@code null} for the first page
	 * @return the page
	 * @throws RpcException if there is no usable answer
	 */
	EventPage events(String contract, List<List<String>> topics, long startLedger, @Nullable String cursor);

}
