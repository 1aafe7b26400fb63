package io.github.x402sessions.facilitator.settlement.funding;

/**
 * Follows up what {@link FundingSource} accounts have set aside, whichever node does so.
 * Each step is one of the unit of work that moves the settlement itself on. What has no
 * account with it is left alone. Implementations are thread-safe.
 */
public interface SettlementFunding {

	/**
	 * Give back what is set aside for a settlement.
	 * @param settlement its name in the books
	 */
	void release(String settlement);

	/**
	 * Count as in motion what is committed of a transaction's settlements.
	 * @param transaction the transaction's hash
	 */
	void carryAll(String transaction);

	/**
	 * Give back what is set aside for all settlements of a transaction.
	 * @param transaction the transaction's hash
	 */
	void releaseAll(String transaction);

	/**
	 * Count as paid what is set aside for all settlements of a transaction.
	 * @param transaction the transaction's hash
	 */
	void consumeAll(String transaction);

	/**
	 * Keep others from changing what is counted beside the sums of accounts that a
	 * transaction's settlements draw on. Comes before all that changes those sums.
	 * @param transaction the transaction's hash
	 */
	void lock(String transaction);

	/**
	 * Take back what settlements were counted as, beside the sums of their accounts, that
	 * a transaction has carried: it has ended otherwise. They get their other end after
	 * that.
	 * @param transaction the transaction's hash
	 */
	void uncount(String transaction);

	/**
	 * Count settlements that a transaction has carried as what they are now, beside the
	 * sums of their accounts, which are made again.
	 * @param transaction the transaction's hash
	 */
	void recount(String transaction);

	/**
	 * Make the sums of an account again from its settlements, which are right where the
	 * two disagree.
	 * @param account the account's name in the store
	 * @return whether they were wrong
	 */
	boolean mend(String account);

}
