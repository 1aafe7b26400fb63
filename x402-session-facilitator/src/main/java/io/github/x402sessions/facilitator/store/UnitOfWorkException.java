package io.github.x402sessions.facilitator.store;

import org.jspecify.annotations.Nullable;

import org.springframework.dao.DataAccessException;

/**
 * Thrown when a unit of work cannot be begun or ended. It may have been carried out.
 */
public final class UnitOfWorkException extends DataAccessException {

	/**
	 * Create it.
	 * @param message what happened
	 * @param cause what the store says
	 */
	public UnitOfWorkException(@Nullable String message, Throwable cause) {
		super(message, cause);
	}

}
