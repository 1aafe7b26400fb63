package io.github.x402sessions.samples.agent.report;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import io.github.x402sessions.client.Session;
import io.github.x402sessions.client.SessionState;
import io.github.x402sessions.core.scheme.session.SessionKey;
import org.jspecify.annotations.Nullable;

/**
 * State of a session.
 *
 * @param status {@code active}, {@code expired}, {@code superseded} or {@code closed}
 * @param account the account that pays
 * @param recipient who is paid
 * @param cap the most it may spend, as a decimal
 * @param spent what it has spent, as a decimal
 * @param remaining what it has left, as a decimal
 * @param expirationLedger the last ledger in which it may spend
 * @param approval the hash of the approval
 * @param committed what it is committed to pay later on, as a decimal; absent if nothing
 * @param symbol what people call the asset; for people only
 * @param sessionKey the public key that verifies its payments, or {@code null} if it has
 * none
 */
public record SessionStatus(String status, String account, String recipient, String cap, String spent, String remaining,
		long expirationLedger, String approval, @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String committed,
		@JsonIgnore String symbol, @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String sessionKey) {

	public static SessionStatus fresh(Session session) {
		String cap = session.asset().toDecimal(session.cap());
		return new SessionStatus("active", session.user(), session.recipient(), cap, "0", cap,
				session.expirationLedger(), session.approvalTransaction(), null, session.asset().symbol(),
				key(session));
	}

	public static SessionStatus of(Session session, SessionState state) {
		return new SessionStatus((state.status() != null) ? state.status() : "active", session.user(),
				session.recipient(), session.asset().toDecimal(state.cap()), session.asset().toDecimal(state.spent()),
				session.asset().toDecimal(state.remaining()), state.expirationLedger(), session.approvalTransaction(),
				(state.committed().signum() > 0) ? session.asset().toDecimal(state.committed()) : null,
				session.asset().symbol(), key(session));
	}

	private static @Nullable String key(Session session) {
		return session.sessionKey().map(SessionKey::toString).orElse(null);
	}

}
