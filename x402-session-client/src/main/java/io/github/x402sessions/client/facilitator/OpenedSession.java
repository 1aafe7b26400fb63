package io.github.x402sessions.client.facilitator;

import java.math.BigInteger;
import java.time.Instant;

import io.github.x402sessions.client.signing.SessionKeyPair;
import org.jspecify.annotations.Nullable;

/**
 * A session as the facilitator made it.
 *
 * @param id the session's id, a secret
 * @param spender the facilitator's account that spends
 * @param registration what the facilitator was told, without the proof
 * @param expiresAt about when it ends
 * @param key signs its payments; {@code null} if it has no key
 */
public record OpenedSession(String id, String spender, RegistrationBody registration, Instant expiresAt,
		@Nullable SessionKeyPair key) {

	public static OpenedSession of(String id, String spender, RegistrationBody registration, Instant expiresAt,
			@Nullable SessionKeyPair key) {
		return new OpenedSession(id, spender, registration.withProof(null).withTransaction(null), expiresAt, key);
	}

	public BigInteger cap() {
		return new BigInteger(this.registration.cap());
	}

	@Override
	public String toString() {
		return "OpenedSession[id=***, " + this.registration + "]";
	}

}
