package io.github.x402sessions.facilitator.reconcile;

/**
 * The state of the search for transfers that the books lack. Implementations are
 * thread-safe.
 */
public interface ChainSearch {

	/**
	 * Return how far the chain was searched, or what the books themselves have last seen
	 * of it; 0 where that is nothing.
	 */
	long ledger();

	/** Write down that there is no transfer up to a ledger that the books lack. */
	void searched(long ledger);

	/** Write down what was found; that stays until an operator accepts it. */
	void found(String difference);

	/**
	 * Go on in spite of what was found.
	 * @param ledger the ledger up to which the chain was searched
	 */
	void accept(long ledger);

	/** Tell whether the books know a transaction, or an operator has accepted it. */
	boolean isKnown(String hash);

	/** Write down that a transfer is known, though the books lack it. */
	void accept(String hash);

	/** Return the highest number of an account that an operator has accepted, or 0. */
	long acceptedNumber(String account);

	/** Write down that an account's number is known, though the books lack it. */
	void accept(String account, long number);

}
