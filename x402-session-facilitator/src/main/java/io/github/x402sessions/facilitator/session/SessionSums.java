package io.github.x402sessions.facilitator.session;

import java.math.BigInteger;
import java.util.function.BiConsumer;
import java.util.function.Function;

import org.springframework.dao.DataIntegrityViolationException;

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
	 * Keep those who commit payments from counting on what a session's payer has, until
	 * the unit of work ends.
	 * @param session the session
	 */
	void lock(Session session);

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

	/**
	 * Run a unit of work that frees amounts of sessions. Where that shows that their sums
	 * are wrong, nothing of it is kept, and they are made again by another one.
	 * @param <T> the type of the result
	 * @param work the unit of work, given what frees an amount of the session that the
	 * store calls so
	 * @return its result
	 */
	default <T> T orMended(Function<BiConsumer<String, BigInteger>, T> work) {
		try {
			return work.apply(this::free);
		}
		catch (DataIntegrityViolationException ex) {
			return work.apply((session, amount) -> mend(session));
		}
	}

}
