package io.github.x402sessions.facilitator.deferred;

import java.math.BigInteger;
import java.util.Collection;
import java.util.List;
import java.util.Map;

import io.github.x402sessions.stellar.transfer.Parties;

/**
 * Keeps what is lent. What changes it are steps of a unit of work of the caller's.
 * Implementations are thread-safe.
 */
public interface LendingBooks {

	/**
	 * Keep others, on other nodes too, from lending between parties until the unit of
	 * work ends. Comes before all other steps but the lock of accounts.
	 * @param parties who pays whom
	 * @param sums names of sums that matter besides, or of what several sums share
	 */
	void lock(Collection<Parties> parties, Collection<Parties> sums);

	/**
	 * Keep others, on other nodes too, from lending between parties until the unit of
	 * work ends.
	 * @param parties who pays whom
	 */
	default void lock(Collection<Parties> parties) {
		lock(parties, List.of());
	}

	/**
	 * Keep others, on other nodes too, from lending between those whom a transaction's
	 * settlements are between, or those that it gave back.
	 * @param transaction the transaction's hash
	 */
	void lock(String transaction);

	/**
	 * Read sums of what is lent.
	 * @param sums their names
	 * @return how much, base units; those without a row are absent
	 */
	Map<Parties, BigInteger> sums(Collection<Parties> sums);

	/**
	 * Read what is lent.
	 * @param parties to whom and for whom
	 * @param ledger from which ledger on payments matter that have been made
	 */
	Map<Parties, Lending> read(Collection<Parties> parties, long ledger);

	/**
	 * Add commitments, each unless another payment has its identifier.
	 * @return the names of those that were added
	 */
	List<String> add(List<CommitmentOrder> orders);

	/**
	 * Take commitments out again, before the unit of work is kept.
	 * @param ids their names
	 */
	void remove(List<String> ids);

	/**
	 * Count what is lent.
	 * @param amounts how much between whom, base units; negative where it is paid
	 */
	void lend(Map<Parties, BigInteger> amounts);

	/**
	 * Count what a transaction has paid: no longer as lent, and as earned.
	 * @param transaction the transaction's hash
	 */
	void confirmed(String transaction);

	/**
	 * Count what was lent as lost.
	 * @param parties who could not pay whom
	 * @param amount how much, base units
	 */
	void lost(Parties parties, BigInteger amount);

	/**
	 * Take back what settlements that a transaction carries or gave back were counted as,
	 * earned or lost, on the days on which they were.
	 * @param transaction the transaction's hash
	 */
	void uncount(String transaction);

	/**
	 * Count settlements that a transaction carries or gave back as earned or lost, which
	 * are neither counted yet.
	 * @param transaction the transaction's hash
	 */
	void recount(String transaction);

	/**
	 * Make the sums of what is lent again between all whom an account has paid or is to
	 * pay, from their commitments.
	 * @param account the account's name in the store
	 * @return whether they were wrong
	 */
	boolean mend(String account);

}
