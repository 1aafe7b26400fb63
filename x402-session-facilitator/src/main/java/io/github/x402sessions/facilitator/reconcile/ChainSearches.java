package io.github.x402sessions.facilitator.reconcile;

import java.util.List;
import java.util.Optional;

/**
 * The states of the searches of the chain, one for each spender that there ever was: a
 * difference concerns the books, whoever may have made it. Implementations are
 * thread-safe.
 */
public interface ChainSearches {

	/**
	 * Return how far the chain was searched for what a spender has transferred.
	 * @param spender the spender's address
	 */
	ChainSearch of(String spender);

	/**
	 * Return the spenders in whose searches a difference was found that nobody has
	 * accepted.
	 * @return their addresses
	 */
	List<String> inDifference();

	/**
	 * Return what keeps settling off until an operator accepts it.
	 * @return all differences, one after the other, in the order of the spenders'
	 * addresses; empty where there is none
	 */
	Optional<String> difference();

}
