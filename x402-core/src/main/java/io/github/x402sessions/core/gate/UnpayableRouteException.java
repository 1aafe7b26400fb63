package io.github.x402sessions.core.gate;

import io.github.x402sessions.core.X402Exception;

/**
 * Thrown at a strict start when a route could not be paid: no facilitator supports one of
 * its kinds of payment, or none answers. The operator has to mend the route's scheme and
 * network or the facilitator.
 */
public final class UnpayableRouteException extends X402Exception {

	UnpayableRouteException(String message) {
		super(message, null);
	}

}
