package io.github.x402sessions.facilitator.drain;

import io.github.x402sessions.core.X402Exception;

/**
 * Thrown when this node takes no new work.
 */
public final class DrainingException extends X402Exception {

	DrainingException(String message) {
		super(message, null);
	}

}
