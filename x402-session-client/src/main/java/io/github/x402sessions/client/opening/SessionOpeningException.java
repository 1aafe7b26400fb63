package io.github.x402sessions.client.opening;

import io.github.x402sessions.core.X402Exception;
import org.jspecify.annotations.Nullable;

/**
 * Thrown when a session could not be opened. The subclass tells what happened to the
 * allowance, and so what can be done.
 */
public abstract sealed class SessionOpeningException extends X402Exception
		permits SessionNotOpenedException, UnregisteredApprovalException {

	SessionOpeningException(String message, @Nullable Throwable cause) {
		super(message, cause);
	}

}
