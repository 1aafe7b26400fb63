package io.github.x402sessions.facilitator;

import io.github.x402sessions.core.X402Exception;
import org.jspecify.annotations.Nullable;

/**
 * Thrown when there are no books to look into, or none of this version.
 */
final class NoBooksException extends X402Exception {

	NoBooksException(String message, @Nullable Throwable cause) {
		super(message, cause);
	}

}
