package io.github.x402sessions.facilitator.store;

import java.util.function.Predicate;
import java.util.function.Supplier;

import org.springframework.dao.DataAccessException;

/**
 * Runs steps that belong together, of whichever repositories: all of them are kept or
 * none. What the store takes back because of somebody else's lock is begun again, for a
 * while, so that steps have no other effects. Whatever else fails goes to the caller, who
 * has to take it that the steps may have been kept. Implementations are thread-safe.
 */
public interface UnitOfWork {

	/**
	 * Run steps and keep them, unless they throw something.
	 * @param <T> the type of the result
	 * @param steps the steps
	 * @return what came of them
	 * @throws DataAccessException if the store fails
	 */
	default <T> T run(Supplier<T> steps) {
		return runIf(steps, (result) -> true);
	}

	/**
	 * Run steps of which nothing comes, and keep them unless they throw something.
	 * @param steps the steps
	 * @throws DataAccessException if the store fails
	 */
	default void perform(Runnable steps) {
		run(() -> {
			steps.run();
			return true;
		});
	}

	/**
	 * Run steps and keep them where what came of them says so.
	 * @param <T> the type of the result
	 * @param steps the steps
	 * @param kept whether they are kept
	 * @return what came of them
	 * @throws DataAccessException if the store fails
	 */
	<T> T runIf(Supplier<T> steps, Predicate<? super T> kept);

}
