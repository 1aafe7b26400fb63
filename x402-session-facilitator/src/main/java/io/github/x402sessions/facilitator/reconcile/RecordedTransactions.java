package io.github.x402sessions.facilitator.reconcile;

import java.util.List;
import java.util.function.Consumer;

import io.github.x402sessions.stellar.transfer.Transfer;

/**
 * The transactions as the books have them. Implementations are thread-safe.
 */
public interface RecordedTransactions {

	/**
	 * Read them from the oldest to the newest, some at a time, so that there may be any
	 * number of them.
	 * @param since when the first one was written down, milliseconds since 1970
	 * @param transactions hears of each
	 */
	void read(long since, Consumer<RecordedTransaction> transactions);

	/**
	 * Read those whose end the books do not know.
	 * @return all of them, the oldest one first
	 */
	List<OpenTransaction.Booked> open();

	/**
	 * Return a ledger that the books have seen before a time, and nothing later.
	 * @param millis the time, milliseconds since 1970
	 * @return the ledger, or 0 if they have seen none
	 */
	long ledgerBefore(long millis);

	/**
	 * Return the highest sequence number of an account that the books know to be used, or
	 * that may be.
	 * @param source the account's address
	 * @return the number, or 0 if there is none
	 */
	long highestNumber(String source);

	/**
	 * Tell whether there are payments that belong to no session: their payers have signed
	 * the transfers.
	 * @return whether there is any, whatever became of it
	 */
	boolean arePaidWithoutSessions();

}
