package io.github.x402sessions.client.facilitator;

/**
 * The part of a facilitator's {@code GET /supported} that sessions need.
 *
 * @param spender the account that settles them
 * @param keys whether sessions can have a key that signs each payment
 * @param keysRequired whether no session can be without one
 */
public record SessionSupport(String spender, boolean keys, boolean keysRequired) {
}
