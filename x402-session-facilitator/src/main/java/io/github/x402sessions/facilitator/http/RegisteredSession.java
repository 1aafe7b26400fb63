package io.github.x402sessions.facilitator.http;

import io.github.x402sessions.facilitator.session.SessionTerms;
import io.github.x402sessions.facilitator.session.registration.Registration;
import org.jspecify.annotations.Nullable;

/**
 * The answer to a registration. The session id is a bearer token, so {@link #toString()}
 * leaves it out.
 *
 * @param sessionId the token
 * @param user who pays
 * @param spender who may spend
 * @param asset the asset's contract
 * @param recipient who is paid
 * @param cap the most that is paid, base units
 * @param spent what has been paid, base units
 * @param expirationLedger the last ledger in which a payment can be made
 * @param network the network as a CAIP-2 id
 * @param sessionKey the key whose holder signs each payment; absent where there is none
 */
record RegisteredSession(String sessionId, String user, String spender, String asset, String recipient, String cap,
		String spent, long expirationLedger, String network, @Nullable String sessionKey) {

	static RegisteredSession of(Registration registration) {
		SessionTerms terms = registration.session().terms();
		return new RegisteredSession(registration.id().value(), terms.payer(), terms.spender(), terms.asset(),
				terms.recipient(), terms.cap().toString(), registration.session().spent().toString(),
				terms.expirationLedger(), terms.network(), terms.sessionKey());
	}

	@Override
	public String toString() {
		return "RegisteredSession[user=" + this.user + "]";
	}

}
