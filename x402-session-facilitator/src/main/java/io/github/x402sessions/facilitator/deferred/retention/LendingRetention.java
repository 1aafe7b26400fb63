package io.github.x402sessions.facilitator.deferred.retention;

/**
 * Forgets sums of what was lent and paid once no limit and no credit asks for them.
 * Implementations are thread-safe.
 */
public interface LendingRetention {

	/** The most sums of a kind that are forgotten at once. */
	int FORGOTTEN_AT_ONCE = 1_000;

	/**
	 * Forget some sums: those of days that are over for every credit, and those of
	 * parties between whom nothing is open.
	 * @return whether there may be more
	 */
	boolean forget();

}
