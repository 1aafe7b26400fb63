package io.github.x402sessions.facilitator.limit;

import java.util.Optional;

import org.springframework.dao.DataAccessException;

/**
 * Keeps what is used of limits. A period begins with the first use, by the store's time,
 * and nothing that is used before it ends makes it longer. However many nodes count at
 * once, no more is counted in a period than its limit has: a use is one statement.
 * Implementations are thread-safe.
 */
public interface LimitUses {

	/** The most that is forgotten at once. */
	int FORGOTTEN_AT_ONCE = 1_000;

	/**
	 * Count a use, alone or as a step of a unit of work, where it is not too much.
	 * @param limit the limit
	 * @param who who uses it, at most 80 characters
	 * @param amount how much, positive and no more than the limit has
	 * @return what was counted; empty if that would be too much
	 * @throws DataAccessException if the store fails
	 */
	Optional<LimitUse> add(PeriodLimit limit, String who, long amount);

	/**
	 * Take back what was counted and came to nothing, unless its period has ended.
	 * @param limit the limit
	 * @param who who was counted
	 * @param use what was counted
	 * @throws DataAccessException if the store fails
	 */
	void takeBack(PeriodLimit limit, String who, LimitUse use);

	/**
	 * Tell how much is used.
	 * @param limit the limit
	 * @param who who uses it
	 * @return how much, in the period that goes on; empty if none does
	 * @throws DataAccessException if the store fails
	 */
	Optional<PeriodUse> read(PeriodLimit limit, String who);

	/**
	 * Forget some of what belongs to periods that have ended.
	 * @return whether there may be more
	 * @throws DataAccessException if the store fails
	 */
	boolean forget();

}
