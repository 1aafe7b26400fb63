package io.github.x402sessions.devnet.fault;

/**
 * Makes the network misbehave until told otherwise. Thread-safe.
 */
public interface Faults {

	/** Stops the ledger clock; ledgers can still be closed by hand. */
	void pauseClosing();

	/** Lets the ledger clock close ledgers again. */
	void resumeClosing();

	/**
	 * Answers the next transactions with {@code TRY_AGAIN_LATER} and forgets them.
	 * @param count how many
	 */
	void rejectSends(int count);

	/**
	 * Answers the next transaction with {@code PENDING} and forgets it: it never lands,
	 * unless it is sent again.
	 */
	void dropNextTransaction();

}
