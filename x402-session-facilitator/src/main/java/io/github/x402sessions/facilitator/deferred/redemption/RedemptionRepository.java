package io.github.x402sessions.facilitator.deferred.redemption;

import java.math.BigInteger;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.github.x402sessions.stellar.balance.AllowanceKey;
import io.github.x402sessions.stellar.transfer.Parties;

/**
 * Keeps what is to be redeemed of what payers have committed. Steps that change
 * commitments are of a unit of work of the caller's, and are taken at most once,
 * whichever node tries. Implementations are thread-safe.
 */
public interface RedemptionRepository {

	/**
	 * Read between whom commitments are in no transaction. Nobody waits for those that no
	 * spender of this node can take.
	 */
	List<OpenParties> open();

	/**
	 * Read the commitments between parties that are in no transaction and that spenders
	 * of this node can take, the oldest first.
	 * @param defaulted whether those that are defaulted, or those that are not
	 * @param count how many of each spender at most
	 */
	List<OpenCommitment> open(Parties parties, boolean defaulted, int count);

	/**
	 * Read the commitments between parties that are in no transaction, whoever can take
	 * them, the oldest first.
	 * @param defaulted whether those that are defaulted, or those that are not
	 * @param count how many at most
	 */
	List<OpenCommitment> openOfAny(Parties parties, boolean defaulted, int count);

	/**
	 * Claim what is open between parties, so that other nodes leave it alone: unless one
	 * that is alive has claimed it.
	 * @param term for how long at most
	 * @return whether it is this node's now
	 */
	boolean claim(Parties parties, Duration term);

	/** Give this node's claim back. */
	void unclaim(Parties parties);

	/**
	 * Write down that a payer cannot pay commitments, as far as they are in no
	 * transaction.
	 * @param ids their names
	 * @return what is not paid, base units, by the accounts that should have paid it
	 */
	Map<String, BigInteger> putInDefault(Collection<String> ids);

	/**
	 * Write down that commitments between parties will not be paid: those in no
	 * transaction whose accounts can pay nothing more, whoever could have taken them.
	 * @param ledger the latest ledger
	 * @return what was given up, base units, by their accounts
	 */
	Map<String, BigInteger> writeOff(Parties parties, long ledger);

	/**
	 * Write down that a commitment will not be paid, if it is in no transaction, whoever
	 * could take it.
	 * @param id its name
	 * @return what was given up; empty if there is no such commitment
	 */
	Optional<GivenUp> writeOff(String id);

	/**
	 * Return what a payer has to have for all that is set aside, in a transaction or in
	 * none, but for what is defaulted, base units.
	 * @param asset the asset's contract
	 * @param payer the payer
	 */
	BigInteger setAside(String asset, String payer);

	/**
	 * Return what of an allowance is needed for all but what is defaulted: what live
	 * accounts may still spend of it, and what others have set aside, base units.
	 * @param allowance the allowance
	 * @param ledger the latest ledger
	 */
	BigInteger owed(AllowanceKey allowance, long ledger);

	/**
	 * Tell whether commitments of an account are to be paid, or a transaction carries
	 * them.
	 * @param account the account's name in the store
	 */
	boolean isAwaited(String account);

}
