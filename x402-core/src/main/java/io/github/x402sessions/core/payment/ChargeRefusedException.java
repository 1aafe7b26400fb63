package io.github.x402sessions.core.payment;

/**
 * Thrown where a payment that is charged step by step has no room for a step: what was
 * verified is used up, or the payment is being settled. A handler ends its answer then.
 * Once that streams, this exception may end it too: what was charged before is settled,
 * and the client gets the end of an answer like any other. What has not begun to leave is
 * a failure like any other then, and is not charged.
 */
public final class ChargeRefusedException extends IllegalStateException {

	ChargeRefusedException(String message) {
		super(message);
	}

}
