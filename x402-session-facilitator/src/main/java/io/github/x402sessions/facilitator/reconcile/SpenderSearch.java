package io.github.x402sessions.facilitator.reconcile;

/**
 * The search of the chain for what one spender has transferred and the books lack.
 *
 * @param spender the spender's address
 * @param search knows how far it was searched, and what was found
 * @param transfers searches it
 */
public record SpenderSearch(String spender, ChainSearch search, MissingTransfers transfers) {
}
