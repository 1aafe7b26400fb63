package io.github.x402sessions.facilitator.session;

import java.util.List;

/**
 * Finds sessions for operators, who do not know their tokens. Implementations are
 * thread-safe.
 */
public interface SessionDirectory {

	/** A moment's work. */
	int MOST = 1_000;

	/**
	 * Find the sessions of a payer, the latest first.
	 * @param payer the payer's address
	 * @param count how many at most, {@value #MOST} or less
	 */
	List<ListedSession> ofPayer(String payer, int count);

	/**
	 * Find the sessions that have a handle: hardly ever more than one.
	 * @param handle the beginning of the token's hash, 16 hex digits in lower case
	 */
	List<ListedSession> byHandle(String handle);

}
