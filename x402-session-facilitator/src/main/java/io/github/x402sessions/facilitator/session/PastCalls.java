package io.github.x402sessions.facilitator.session;

import java.util.List;

/**
 * Looks up what sessions have paid for. Implementations are thread-safe.
 */
public interface PastCalls {

	/**
	 * Return the last calls of a session, the latest first.
	 * @param session the session
	 * @return at most 20
	 */
	List<PastCall> of(Session session);

}
