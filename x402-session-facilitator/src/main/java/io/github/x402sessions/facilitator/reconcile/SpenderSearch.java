package io.github.x402sessions.facilitator.reconcile;

import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

import io.github.x402sessions.stellar.rpc.RpcException;
import io.github.x402sessions.stellar.transfer.SpenderTransfer;

/**
 * The search of the chain for what one spender has transferred and the books lack, which
 * the watch and an operator may want at the same time: one after the other has it.
 * Thread-safe.
 */
final class SpenderSearch {

	private final ChainSearch state;

	private final MissingTransfers transfers;

	/** The chain is asked meanwhile. */
	private final ReentrantLock searching = new ReentrantLock();

	/**
	 * Create it.
	 * @param state knows how far was searched, and what was found
	 * @param transfers searches, for one thread at a time
	 */
	SpenderSearch(ChainSearch state, MissingTransfers transfers) {
		this.state = state;
		this.transfers = transfers;
	}

	/** Return how far was searched, and what was found. */
	ChainSearch state() {
		return this.state;
	}

	/**
	 * Search the chain.
	 * @param after the ledger after which the search begins; one that the node does not
	 * remember any more is its oldest
	 * @param missing hears of what the books lack
	 * @return the ledger up to which the chain was searched
	 * @throws RpcException if the node does not say, or is behind that ledger
	 */
	long find(long after, Consumer<SpenderTransfer> missing) {
		this.searching.lock();
		try {
			return this.transfers.find(after, missing);
		}
		finally {
			this.searching.unlock();
		}
	}

}
