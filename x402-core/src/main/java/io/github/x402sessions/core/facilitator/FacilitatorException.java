package io.github.x402sessions.core.facilitator;

import io.github.x402sessions.core.X402Exception;
import org.jspecify.annotations.Nullable;

/**
 * Thrown when a facilitator gave no usable answer. The subclass tells what can be done.
 */
public abstract sealed class FacilitatorException extends X402Exception
		permits FacilitatorUnavailableException, FacilitatorAccessException, FacilitatorProtocolException {

	FacilitatorException(String message, @Nullable Throwable cause) {
		super(message, cause);
	}

}
