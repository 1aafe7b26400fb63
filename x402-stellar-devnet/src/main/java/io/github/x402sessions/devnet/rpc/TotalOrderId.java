package io.github.x402sessions.devnet.rpc;

/**
 * The position of a ledger, transaction or operation in history as one number, which
 * sorts in the order of history (SEP-35).
 *
 * @param ledger the ledger
 * @param transaction the transaction's place in it, from 1
 * @param operation the operation's place in that
 */
record TotalOrderId(long ledger, long transaction, long operation) {

	/** The highest place of a transaction. */
	static final long LAST_TRANSACTION = (1L << 20) - 1;

	/** The highest place of an operation. */
	static final long LAST_OPERATION = (1L << 12) - 1;

	static TotalOrderId of(long number) {
		return new TotalOrderId(number >> 32, (number >> 12) & LAST_TRANSACTION, number & LAST_OPERATION);
	}

	long number() {
		return (this.ledger << 32) | (this.transaction << 12) | this.operation;
	}

}
