package io.github.x402sessions.client.payment.session;

import java.math.BigInteger;
import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * A session as a payer holds it.
 *
 * @param sessionId the session's id, a secret
 * @param rules what it may be used for
 * @param lowFunds below what is left its owner is warned, base units
 * @param warnAt when its owner is warned that it ends
 * @param expiresAt about when it ends
 * @param signer signs its payments; {@code null} if it has no key
 */
public record SessionGrant(String sessionId, SpendingRules rules, BigInteger lowFunds, Instant warnAt,
		Instant expiresAt, @Nullable PaymentSigner signer) {

	/**
	 * Hold a session without a key.
	 * @param sessionId the session's id, a secret
	 * @param rules what it may be used for
	 * @param lowFunds below what is left its owner is warned, base units
	 * @param warnAt when its owner is warned that it ends
	 * @param expiresAt about when it ends
	 */
	public SessionGrant(String sessionId, SpendingRules rules, BigInteger lowFunds, Instant warnAt, Instant expiresAt) {
		this(sessionId, rules, lowFunds, warnAt, expiresAt, null);
	}

	@Override
	public String toString() {
		return "SessionGrant[" + this.rules + "]";
	}

}
