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
 */
public record SessionBody(String sessionId, @Nullable String user, @Nullable String recipient, @Nullable String asset,
		@Nullable String cap) {

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

	private static boolean agree(@Nullable String answered, String asked) {
		return answered == null || answered.equals(asked);
	}

	@Override
	public String toString() {
		return "RegisteredSession[user=" + this.user + "]";
	}

}
