package io.github.x402sessions.client;

import io.github.x402sessions.core.X402Exception;

/**
 * Thrown when the facilitator does not know a session, or not any more.
 */
public final class SessionNotFoundException extends X402Exception {

	SessionNotFoundException() {
		super("the facilitator does not know this session", null);
	}

}
