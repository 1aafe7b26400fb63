package io.github.x402sessions.facilitator.deferred;

import io.github.x402sessions.stellar.transfer.Parties;

/**
 * Payments that an account has promised and not made. Implementations are thread-safe.
 */
@FunctionalInterface
public interface PromisedPayments {

	/**
	 * Make them, and wait for a while until they have ended.
	 * @param account the store's name for an account that promises nothing more
	 * @param parties between whom it pays
	 * @return whether none is left that may still be paid
	 */
	boolean pay(String account, Parties parties);

}
