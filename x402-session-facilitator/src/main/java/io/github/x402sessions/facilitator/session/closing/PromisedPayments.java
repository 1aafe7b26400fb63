package io.github.x402sessions.facilitator.session.closing;

import io.github.x402sessions.facilitator.session.Session;

/**
 * Payments that a session has promised and not made. Implementations are thread-safe.
 */
@FunctionalInterface
public interface PromisedPayments {

	/**
	 * Make them, and wait for a while until they have ended.
	 * @param session a session that promises nothing more
	 * @return whether none is left that may still be paid
	 */
	boolean pay(Session session);

}
