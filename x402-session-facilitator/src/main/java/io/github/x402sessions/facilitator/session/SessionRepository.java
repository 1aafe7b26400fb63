package io.github.x402sessions.facilitator.session;

import java.util.List;
import java.util.Optional;

import io.github.x402sessions.stellar.approval.Approval;
import io.github.x402sessions.stellar.balance.AllowanceKey;
import org.jspecify.annotations.Nullable;

/**
 * Keeps sessions. Implementations are thread-safe.
 */
public interface SessionRepository {

	/**
	 * Find a session by its token.
	 * @param id the token
	 * @return the session
	 */
	Optional<Session> find(SessionId id);

	/**
	 * Read a session.
	 * @param key the store's name for it
	 * @return the session
	 */
	Session get(String key);

	/**
	 * Read a session, and keep others from changing it until the unit of work ends, whose
	 * first step this is.
	 * @param key the store's name for it
	 * @return the session
	 */
	Session lock(String key);

	/**
	 * Let nothing more be paid with a session. One that has ended already stays as it is,
	 * except that an operator's word and a default take the place of any other end: by
	 * the others its payer may sign for it anew.
	 * @param key the store's name for it
	 * @param reason why
	 */
	void end(String key, SessionEnd reason);

	/**
	 * Let a session pay nothing for now, or let it go on. What it has set aside or
	 * promised is paid all the same.
	 * @param key the store's name for it
	 * @param frozen whether it pays nothing
	 */
	void freeze(String key, boolean frozen);

	Optional<Session> findByApproval(String network, String approval);

	/**
	 * Read the sessions that may still take of one allowance, those with the oldest
	 * approve first: the live ones, and ended ones with a payment on its way.
	 */
	List<Session> entitled(AllowanceKey allowance, String network, long latestLedger);

	/**
	 * Read the spenders of the sessions of a payer that may still take something,
	 * whichever of its allowances they rest on.
	 */
	List<String> spenders(String asset, String payer, String network, long latestLedger);

	/**
	 * Read the names of the allowances that live sessions rest on, in their order.
	 * @param after the one that they come after; from the first one where absent
	 */
	List<AllowanceKey> allowances(String spender, @Nullable AllowanceKey after, int count, long latestLedger);

	/**
	 * Give a session another token, which its payer has signed for.
	 * @return whether that was done; if not, it has one already
	 */
	boolean prove(Session session, SessionId id);

	/**
	 * Add a session and cut others, if nothing but what they have committed has changed
	 * since they were looked at, and that still leaves enough.
	 * @return whether it was added; if not, look again
	 */
	boolean add(NewSession added, List<Session> seen, AllowanceReduction cuts, long latestLedger);

	/**
	 * Cut sessions, if nothing but what they have committed has changed since they were
	 * looked at.
	 * @return whether that was done; if not, look again
	 */
	boolean cut(AllowanceKey allowance, String network, List<Session> seen, AllowanceReduction cuts, long latestLedger);

}
