package io.github.x402sessions.facilitator.merchant;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

import org.springframework.dao.DataAccessException;

/**
 * Keeps merchants and their keys. What changes them are steps of a unit of work, of which
 * {@link #lock} is the first. Implementations are thread-safe.
 */
public interface MerchantRepository {

	/**
	 * Return how often any of them was changed.
	 * @return a number that grows with each change
	 * @throws DataAccessException if the store fails
	 */
	long version();

	/** Keep others from changing any of them, and count the change. */
	void lock();

	/**
	 * Return all merchants.
	 * @return they, by name
	 * @throws DataAccessException if the store fails
	 */
	List<Merchant> all();

	/**
	 * Find a merchant.
	 * @param name the operator's name for it
	 * @return the merchant; empty if there is none
	 * @throws DataAccessException if the store fails
	 */
	Optional<Merchant> find(String name);

	/**
	 * Add a merchant whose name and recipients nobody has.
	 * @param merchant the merchant
	 */
	void add(Merchant merchant);

	/**
	 * Write down how a merchant is now.
	 * @param merchant the merchant
	 */
	void update(Merchant merchant);

	/**
	 * Return the keys that may be used now, of all merchants.
	 * @return the keys that are neither revoked nor expired
	 * @throws DataAccessException if the store fails
	 */
	List<MerchantKey> usableKeys();

	/**
	 * Return the keys of a merchant.
	 * @param merchant the store's name for it
	 * @return all of them, the oldest first
	 * @throws DataAccessException if the store fails
	 */
	List<MerchantKey> keys(String merchant);

	/**
	 * Add a key.
	 * @param key the key
	 */
	void add(MerchantKey key);

	/**
	 * Let keys end, unless they do so earlier.
	 * @param ids their names
	 * @param at when they end
	 */
	void expire(Collection<String> ids, Instant at);

	/**
	 * Revoke a key for good.
	 * @param id its name
	 * @param at the time of it
	 */
	void revoke(String id, Instant at);

	/**
	 * Write down that keys were used, unless that was written down less than a minute
	 * before. Belongs to no unit of work.
	 * @param ids their names, at least one
	 * @param at when they were used
	 * @throws DataAccessException if the store fails
	 */
	void used(Collection<String> ids, Instant at);

	/**
	 * Write down what settlements count with, as a step of the unit of work that counts
	 * them: from then on the count follows what becomes of them.
	 * @param settlements their names in the books
	 * @param user who was counted
	 * @param until when the period ends, milliseconds since 1970
	 */
	void counted(Collection<String> settlements, String user, long until);

	/**
	 * Keep others from counting with whatever a transaction's settlements count with, in
	 * one order, as a step of a unit of work.
	 * @param transaction the transaction's hash
	 */
	void lockCounted(String transaction);

}
