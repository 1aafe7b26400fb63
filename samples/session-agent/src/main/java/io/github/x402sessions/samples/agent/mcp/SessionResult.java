package io.github.x402sessions.samples.agent.mcp;

import io.github.x402sessions.client.Session;
import io.github.x402sessions.core.X402Exception;
import io.github.x402sessions.samples.agent.report.SessionStatus;
import org.jspecify.annotations.Nullable;

/**
 * State of a session, by its facilitator's books. Amounts are decimals.
 *
 * @param recipient who is paid by it
 * @param status {@code active}, {@code expired}, {@code superseded} or {@code closed};
 * {@code unknown} where the facilitator does not tell
 * @param cap the most that it may spend
 * @param spent what it has spent
 * @param committed what it is committed to pay later on
 * @param remaining what it has left
 * @param expirationLedger the last ledger in which it may spend
 * @param signed whether each payment is signed for its call
 */
record SessionResult(String recipient, String status, String cap, @Nullable String spent, @Nullable String committed,
		@Nullable String remaining, long expirationLedger, boolean signed) {

	static SessionResult of(Session session) {
		boolean signed = session.sessionKey().isPresent();
		try {
			SessionStatus state = SessionStatus.of(session, session.state());
			return new SessionResult(state.recipient(), state.status(), state.cap(), state.spent(), state.committed(),
					state.remaining(), state.expirationLedger(), signed);
		}
		catch (X402Exception ex) {
			return new SessionResult(session.recipient(), "unknown", session.asset().toDecimal(session.cap()), null,
					null, null, session.expirationLedger(), signed);
		}
	}

}
