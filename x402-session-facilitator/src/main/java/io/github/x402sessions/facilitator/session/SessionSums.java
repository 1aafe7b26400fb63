package io.github.x402sessions.facilitator.session;

import java.math.BigInteger;
import java.util.Collection;
import java.util.Map;

import io.github.x402sessions.facilitator.settlement.funding.FundingBalance;
import io.github.x402sessions.facilitator.settlement.funding.FundingSource;
import io.github.x402sessions.stellar.balance.AllowanceKey;

/**
 * Keeps what sessions have spent and reserved. Each step is one of a unit of work that
 * moves settlements on. Implementations are thread-safe.
 */
public interface SessionSums {

	/**
	 * Set an amount aside.
	 * @param session the session, which must not have changed hands since it was read
	 * @param amount how much, base units
	 * @return whether the session lives and had that much left
	 */
	boolean reserve(Session session, BigInteger amount);

	/**
	 * Keep those who commit payments from counting on what is allowed, until the unit of
	 * work ends.
	 * @param allowances the allowances that sessions rest on
	 */
	void lock(Collection<AllowanceKey> allowances);

	/**
	 * Set amounts aside for commitments, of sessions that must not have changed hands
	 * since they were read.
	 * @param amounts how much of each, base units
	 * @return what the sessions have then, by their names in the store, without those
	 * that have ended or have not that much left
	 */
	Map<String, FundingBalance> commit(Map<FundingSource, BigInteger> amounts);

	/**
	 * Count the commitments that a transaction carries as in motion.
	 * @param transaction the transaction's hash
	 */
	void carry(String transaction);

	/**
	 * Give back what was committed or held and will not be paid.
	 * @param session the store's name for the session
	 * @param amount how much, base units
	 */
	void free(String session, BigInteger amount);

	/**
	 * Give back what is set aside for a settlement.
	 * @param settlement its name in the books
	 */
	void release(String settlement);

	/**
	 * Give back what is set aside for all settlements of a transaction; what is committed
	 * and was not paid stays set aside.
	 * @param transaction the transaction's hash
	 * @param paid whether it counts as spent
	 */
	void releaseAll(String transaction, boolean paid);

	/**
	 * Make the sums of a session again where its settlements come to something else: they
	 * say what happened. A session whose settlements come to more than its cap pays
	 * nothing more.
	 * @param key the store's name for the session
	 * @return whether they were wrong
	 */
	boolean mend(String key);

}
