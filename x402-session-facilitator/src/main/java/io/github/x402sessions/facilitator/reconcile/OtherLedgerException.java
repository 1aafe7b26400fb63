package io.github.x402sessions.facilitator.reconcile;

/**
 * The cause where the books are of another ledger than the node's: no node of the same
 * one could be that far behind. They have to be changed, or the node.
 */
final class OtherLedgerException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	/**
	 * Create it.
	 * @param latest the latest ledger of the node
	 * @param seen the ledger that the books have seen
	 */
	OtherLedgerException(long latest, long seen) {
		super("the books are of another ledger: they have seen " + seen + ", and the Stellar RPC is at " + latest
				+ ". If that is a test network that has begun anew, stop, move the books of facilitator.database-url "
				+ "away (of SQLite: delete the file) and start; otherwise set facilitator.rpc-url to a node of the "
				+ "network that they are of");
	}

}
