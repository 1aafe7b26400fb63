package io.github.x402sessions.client.facilitator;

import io.github.x402sessions.core.protocol.MalformedMessageException;
import org.jspecify.annotations.Nullable;

/**
 * The session that a facilitator made: its answer to {@code POST /sessions}.
 *
 * @param sessionId the session's id, a secret
 * @param user the account that pays
 * @param recipient the only address that it pays
 * @param asset the asset's contract id
 * @param cap the most it may spend, base units
 * @param sessionKey the public key that verifies its payments, base64url; absent where it
 * has none
 */
public record SessionBody(String sessionId, @Nullable String user, @Nullable String recipient, @Nullable String asset,
		@Nullable String cap, @Nullable String sessionKey) {

	public SessionBody {
		if (sessionId == null || sessionId.isBlank()) {
			throw new MalformedMessageException("'sessionId' is missing");
		}
	}

	/** Whether it is what was asked for; a field that is left out is no contradiction. */
	public boolean matches(RegistrationBody registration) {
		return agree(this.user, registration.user()) && agree(this.recipient, registration.recipient())
				&& agree(this.asset, registration.asset()) && agree(this.cap, registration.cap());
	}

	/**
	 * Whether it has the key that was asked for. Unlike the rest, a key that is left out
	 * is a contradiction: whoever sees the id of such a session can spend it.
	 */
	public boolean hasKeyOf(RegistrationBody registration) {
		return registration.sessionKey() == null || registration.sessionKey().equals(this.sessionKey);
	}

	private static boolean agree(@Nullable String answered, String asked) {
		return answered == null || answered.equals(asked);
	}

	@Override
	public String toString() {
		return "RegisteredSession[user=" + this.user + "]";
	}

}
