package io.github.x402sessions.facilitator.reconcile;

/**
 * The searches of the chain, one for each spender. Implementations are thread-safe.
 */
@FunctionalInterface
public interface ChainSearches {

	/**
	 * Return how far the chain was searched for what a spender has transferred.
	 * @param spender the spender's address
	 */
	ChainSearch of(String spender);

}
