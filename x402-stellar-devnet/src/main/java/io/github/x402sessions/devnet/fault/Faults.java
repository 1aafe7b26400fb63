package io.github.x402sessions.devnet.fault;

import java.time.Duration;

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
	 * @throws IllegalArgumentException if the count is negative
	 */
	void rejectSends(int count);

	/**
	 * Answers the next transaction with {@code PENDING} and forgets it: it never lands,
	 * unless it is sent again.
	 */
	void dropNextTransaction();

	/**
	 * Drops the next transactions as {@link #dropNextTransaction()} does.
	 * @param count how many
	 * @throws IllegalArgumentException if the count is negative
	 */
	void dropSends(int count);

	/**
	 * Takes the next transactions, which therefore land, but answers with an internal
	 * error as if their fate were unknown.
	 * @param count how many
	 * @throws IllegalArgumentException if the count is negative
	 */
	void loseAnswers(int count);

	/**
	 * Hides landed transactions from {@code getTransaction} while their ledger is young,
	 * as a node that lags does.
	 * @param ledgers how many more ledgers must close before one is shown; 0 for none
	 * @throws IllegalArgumentException if the number is negative
	 */
	void hideTransactions(int ledgers);

	/**
	 * Answers the next JSON-RPC requests with an HTTP error and does nothing else.
	 * @param status an HTTP status from 400 to 599
	 * @param count how many
	 * @throws IllegalArgumentException if the status is none of these or the count is
	 * negative
	 */
	void failRequests(int status, int count);

	/**
	 * Makes every JSON-RPC answer wait, after the work is done.
	 * @param delay from zero, which is none, to 10 minutes
	 * @throws IllegalArgumentException if the delay is negative or longer
	 */
	void delayAnswers(Duration delay);

	/**
	 * Answers each JSON-RPC call from a state of its own age, as a pool of nodes does
	 * that do not agree on the latest ledger. What a node does not know yet is not there:
	 * entries, transactions, sequence numbers.
	 * @param ledgers how old the oldest state is, 0 to 3; 0 for none but the latest
	 * @param seed decides how old each call's state is
	 * @throws IllegalArgumentException if the number is none of these
	 */
	void lagNodes(int ledgers, long seed);

	/**
	 * Makes what {@code getLatestLedger} answers as large as ledgers of the public
	 * network are: its {@code metadataXdr} stands for at least that many bytes of XDR, of
	 * which base64 makes a third more.
	 * @param bytes 0 for the size that the ledger's own transactions give, to 14 MiB
	 * @throws IllegalArgumentException if the number is none of these
	 */
	void latestLedgerBytes(int bytes);

	/**
	 * Lets others fill the next ledgers. The fee that clears a ledger is paid by all in
	 * it; a lower bid waits, and is dropped after four ledgers. A bid below the queue's
	 * fee is evicted from it and refused.
	 * @param ledgers how many; 0 ends it
	 * @param clearingFee stroops for each operation
	 * @param queueFee stroops for each operation, 0 if there is room to wait
	 * @throws IllegalArgumentException if not 0 &lt;= queueFee &lt;= clearingFee &lt;=
	 * 1,000,000,000
	 */
	void surge(int ledgers, long clearingFee, long queueFee);

	/** Ends all faults, also the pause of the clock. */
	void clear();

}
