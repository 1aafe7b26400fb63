package io.github.x402sessions.facilitator.session;

import java.math.BigInteger;
import java.time.Duration;

import org.jspecify.annotations.Nullable;

import org.springframework.dao.DataAccessException;

/**
 * Keeps what payments that were verified need of their sessions, for all nodes and by the
 * store's time. What is held for a payment counts until the books have the payment: in
 * between there is no moment at which neither does. Implementations are thread-safe.
 */
public interface VerifiedHolds {

	/** The most that is forgotten at once. */
	int FORGOTTEN_AT_ONCE = 1_000;

	/**
	 * Hold an amount, or go on holding it for as long as it was; not where a hold of the
	 * session has lapsed lately.
	 * @param session the store's name for the session
	 * @param payment the payment's identifier
	 * @param amount how much, base units
	 * @param term how long it is held
	 * @param note how long it is remembered afterwards that it has lapsed
	 * @return whether the session has that much left besides what others hold
	 * @throws DataAccessException if the store fails
	 */
	boolean place(String session, String payment, BigInteger amount, Duration term, Duration note);

	/**
	 * Tell what is held for others.
	 * @param session the store's name for the session
	 * @param payment the identifier of the payment that asks; absent if it has none
	 * @return how much, base units
	 * @throws DataAccessException if the store fails
	 */
	BigInteger heldByOthers(String session, @Nullable String payment);

	/**
	 * Give a hold up that has not lapsed.
	 * @param session the store's name for the session
	 * @param payment the payment's identifier
	 * @throws DataAccessException if the store fails
	 */
	void release(String session, String payment);

	/**
	 * Forget some of what nobody asks for any more.
	 * @return whether there may be more
	 * @throws DataAccessException if the store fails
	 */
	boolean forget();

}
