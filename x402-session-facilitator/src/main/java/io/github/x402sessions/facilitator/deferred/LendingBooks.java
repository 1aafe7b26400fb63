package io.github.x402sessions.facilitator.deferred;

import java.math.BigInteger;
import java.util.Collection;
import java.util.List;
import java.util.Map;

import io.github.x402sessions.facilitator.session.Session;
import io.github.x402sessions.facilitator.settlement.funding.FundingBalance;
import io.github.x402sessions.stellar.transfer.Parties;

/**
 * Keeps what is lent. What changes it are steps of a unit of work of the caller's.
 * Implementations are thread-safe.
 */
public interface LendingBooks {

	/**
	 * Keep others, on other nodes too, from committing or reserving what these payments
	 * draw on, until the unit of work ends. Has to be its first step.
	 * @param sessions the sessions that pay
	 * @param parties between whom
	 */
	void lock(Collection<Session> sessions, Collection<Parties> parties);

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
	 * Set amounts aside in sessions, which must not have changed hands since they were
	 * read.
	 * @param amounts how much of each, base units
	 * @return what the sessions have then, by their names in the store, without those
	 * that have ended or have not that much left
	 */
	Map<String, FundingBalance> reserve(Map<Session, BigInteger> amounts);

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
	 * Make the sums of what is lent again between all whom a session has paid or is to
	 * pay, from their commitments.
	 * @param session the session's name in the store
	 * @return whether they were wrong
	 */
	boolean mend(String session);

}
