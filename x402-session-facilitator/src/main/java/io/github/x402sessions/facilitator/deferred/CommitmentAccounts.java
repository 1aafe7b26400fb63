package io.github.x402sessions.facilitator.deferred;

import java.math.BigInteger;
import java.util.Collection;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Function;

import io.github.x402sessions.facilitator.settlement.funding.FundingBalance;
import io.github.x402sessions.facilitator.settlement.funding.FundingSource;
import io.github.x402sessions.stellar.transfer.Parties;

import org.springframework.dao.DataIntegrityViolationException;

/**
 * Accounts that committed and held payments draw on, as the scheme that defers payments
 * keeps them. What changes them are steps of a unit of work of the caller's.
 * Implementations are thread-safe.
 */
public interface CommitmentAccounts {

	/**
	 * Keep others, on other nodes too, from counting on what payers have, until the unit
	 * of work ends. Has to be its first step.
	 * @param parties who pays whom
	 */
	void lock(Collection<Parties> parties);

	/**
	 * Set amounts aside for commitments, in accounts that must not have changed hands
	 * since they were read.
	 * @param amounts how much in each, base units
	 * @return what the accounts have then, by their names in the store, without those
	 * that have ended or have not that much left
	 */
	Map<String, FundingBalance> commit(Map<FundingSource, BigInteger> amounts);

	/**
	 * Give back what was committed or held and will not be paid.
	 * @param account the account's name in the store
	 * @param amount how much, base units
	 */
	void free(String account, BigInteger amount);

	/**
	 * Let nothing more be paid from an account whose payer could not pay what was
	 * committed.
	 * @param account the account's name in the store
	 */
	void putInDefault(String account);

	/**
	 * Make the sums of an account again from its settlements, which are right where the
	 * two disagree.
	 * @param account the account's name in the store
	 * @return whether they were wrong
	 */
	boolean mend(String account);

	/**
	 * Run a unit of work that frees amounts of accounts. Where that shows that their sums
	 * are wrong, nothing of it is kept, and they are made again by another one.
	 * @param <T> the type of the result
	 * @param work the unit of work, given what frees an amount of the account that the
	 * store calls so
	 * @return its result
	 */
	default <T> T orMended(Function<BiConsumer<String, BigInteger>, T> work) {
		try {
			return work.apply(this::free);
		}
		catch (DataIntegrityViolationException ex) {
			return work.apply((account, amount) -> mend(account));
		}
	}

}
