package io.github.x402sessions.client.facilitator;

import java.util.Set;

/**
 * The part of a facilitator's {@code GET /supported} that sessions need.
 *
 * @param spender the account that settles those that are opened
 * @param keys whether sessions can have a key that signs each payment
 * @param keysRequired whether no session can be without one
 * @param otherSpenders the accounts that settle others, which were the spender before
 */
public record SessionSupport(String spender, boolean keys, boolean keysRequired, Set<String> otherSpenders) {

	/** Keep a copy of the accounts. */
	public SessionSupport {
		otherSpenders = Set.copyOf(otherSpenders);
	}

	/** Tell whether what a spender was allowed can be used. */
	public boolean serves(String spender) {
		return this.spender.equals(spender) || this.otherSpenders.contains(spender);
	}

}
