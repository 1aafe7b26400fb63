package io.github.x402sessions.facilitator.settlement.repository;

import java.time.Duration;
import java.util.List;

import io.github.x402sessions.stellar.transfer.Transfer;

/**
 * Keeps settlements. One is {@code RESERVED}, then {@code RELEASED}, or {@code SUBMITTED}
 * with a transaction of the {@link TransactionRepository} and ended as it does; each step
 * is taken at most once, whichever node tries. Implementations are thread-safe.
 */
public interface SettlementRepository {

	/** A moment's work, however large the books are. */
	int FORGOTTEN_AT_ONCE = 100;

	/**
	 * Add a settlement that is reserved.
	 * @param settlement the settlement
	 * @param key what makes another request the same payment
	 * @param waited how long its caller waits
	 * @return whether it was added; if not, another one with its identifier is under way
	 * or has paid
	 */
	boolean add(Settlement settlement, PaymentKey key, Duration waited);

	/**
	 * Write down that nothing was sent for a settlement and nothing will be.
	 * @param id its name
	 * @param note why, for people
	 * @return whether it was reserved before
	 */
	boolean release(String id, String note);

	/**
	 * Tell whether a settlement was released: nothing was sent for it and nothing will
	 * be.
	 */
	boolean isReleased(String id);

	/**
	 * Write down that a transaction carries a settlement.
	 * @param id the settlement's name
	 * @param hash the transaction's hash
	 * @return whether it was reserved before
	 */
	boolean carry(String id, String hash);

	/**
	 * Write down that a transaction carries settlements that are committed.
	 * @param ids their names
	 * @param hash the transaction's hash
	 * @return whether all of them were in no transaction before; if not, the unit of work
	 * must not be kept
	 */
	boolean carryCommitted(List<String> ids, String hash);

	/**
	 * Give a transaction back what it carried before its end was said to be another one,
	 * where no other has it meanwhile.
	 * @param hash the transaction's hash
	 * @return how many another one carries or has paid
	 */
	int takeBackCommitted(String hash);

	/** Count the settlements that a transaction carries. */
	int carriedBy(String hash);

	/** Give the settlements that a transaction carries their end. */
	void conclude(String hash, Outcome outcome);

	/**
	 * Take the identifiers from settlements of a transaction that counted as not paid,
	 * where another payment was made under them since.
	 * @param hash the transaction's hash
	 * @return how many
	 */
	int leaveIdentifiers(String hash);

	/** Return the name of the account that a settlement draws on. */
	String account(String id);

	/** Return the names of the accounts that a transaction's settlements draw on. */
	List<String> accounts(String hash);

	/**
	 * Return what nodes that are gone set aside and never wrote down as sent, and what
	 * anybody set aside longer ago than a call can last: its node has failed to release
	 * it.
	 * @param longest how long a call can last
	 * @return the names of the settlements
	 */
	List<String> abandoned(Duration longest);

	/**
	 * Return how many settlements this node has set aside and neither released nor
	 * written down as sent.
	 */
	int reservedHere();

	/**
	 * Forget the identifiers of payments that ended long ago; the payments stay. Not all
	 * of them at once: whoever pays meanwhile does not wait for it.
	 * @param retention how long an identifier is kept
	 * @return how many, at most {@value #FORGOTTEN_AT_ONCE}; if so many, there may be
	 * more
	 */
	int forgetIdentifiers(Duration retention);

}
