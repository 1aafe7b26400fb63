package io.github.x402sessions.facilitator.store;

import io.github.x402sessions.core.X402Exception;
import org.jspecify.annotations.Nullable;

/**
 * Thrown when there are no books to look into, or none of this version.
 */
public final class NoDatabaseException extends X402Exception {

	public NoDatabaseException(String message, @Nullable Throwable cause) {
		super(message, cause);
	}

}
