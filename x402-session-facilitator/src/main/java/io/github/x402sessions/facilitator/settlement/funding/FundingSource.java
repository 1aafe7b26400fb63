package io.github.x402sessions.facilitator.settlement.funding;

import java.math.BigInteger;
import java.util.Optional;

import io.github.x402sessions.stellar.balance.TransferFailure;
import io.github.x402sessions.stellar.transfer.Transfer;
import io.github.x402sessions.stellar.transfer.TransferMethod;

import org.springframework.dao.DataAccessException;

/**
 * The account that an order draws on, as its scheme has read it: for one, a session.
 * Implementations are thread-safe.
 */
public interface FundingSource {

	/**
	 * Return its name in the store, within which a payment identifier is used once: a
	 * session's, or one that begins with the name of its scheme and a colon.
	 * @return the name, which opens nothing, at most 64 characters
	 */
	String key();

	/**
	 * Return the ledger in which its payer has opened it: what the chain said of the
	 * payer before proves nothing.
	 * @return the ledger
	 */
	long openedIn();

	/**
	 * Tell whether its payer has signed for its recipient. An account of which that is
	 * not so may still change hands.
	 * @return whether that is so
	 */
	boolean proven();

	/**
	 * Return what it held when it was read.
	 * @return the balance
	 */
	FundingBalance balance();

	/**
	 * Read what it holds now.
	 * @return the balance
	 * @throws DataAccessException if the store fails
	 */
	FundingBalance read();

	/**
	 * Return how what is paid from it is transferred.
	 * @return the method, equal for all accounts whose transfers may be made as one
	 */
	TransferMethod method();

	/**
	 * Keep others from counting on what its payer has until the unit of work ends, where
	 * that matters. Has to be its first step.
	 */
	void lock();

	/**
	 * Keep what the payer has signed for a settlement that is committed, as a step of the
	 * unit of work that commits it.
	 * @param settlement the settlement's name in the books
	 */
	void committed(String settlement);

	/**
	 * Set an amount aside for a settlement, as a step of a unit of work, and keep what
	 * the payer has signed for it.
	 * @param settlement the settlement's name in the books
	 * @param amount how much, base units
	 * @return whether that much is left, and the account has not changed hands since it
	 * was read
	 */
	boolean reserve(String settlement, BigInteger amount);

	/**
	 * Hear that the chain refuses a transfer.
	 * @param transfer what was to be transferred
	 * @param failure why it is refused
	 * @param ledger the ledger that it failed in; 0 if in none
	 * @return why the refusal proves nothing, in a sentence that is fit for a stranger;
	 * empty if it stands
	 */
	Optional<String> doubt(Transfer transfer, TransferFailure failure, long ledger);

}
