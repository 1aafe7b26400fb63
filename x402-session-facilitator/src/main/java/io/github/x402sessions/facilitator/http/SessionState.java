package io.github.x402sessions.facilitator.http;

import io.github.x402sessions.facilitator.session.Session;
import io.github.x402sessions.facilitator.session.SessionTerms;

/**
 * A session as its bearer sees it.
 *
 * @param status {@code active}, {@code expired} or {@code superseded}
 * @param user who pays
 * @param spender who may spend
 * @param asset the asset's contract
 * @param recipient who is paid
 * @param cap the most that is paid, base units
 * @param spent what has been paid, base units
 * @param reserved what is being paid, base units
 * @param remaining what can still be paid, base units
 * @param expirationLedger the last ledger in which a payment can be made
 * @param network the network as a CAIP-2 id
 */
record SessionState(String status, String user, String spender, String asset, String recipient, String cap,
		String spent, String reserved, String remaining, long expirationLedger, String network) {

	static SessionState of(Session session, boolean expired) {
		SessionTerms terms = session.terms();
		return new SessionState(session.superseded() ? "superseded" : expired ? "expired" : "active", terms.payer(),
				terms.spender(), terms.asset(), terms.recipient(), terms.cap().toString(), session.spent().toString(),
				session.reserved().toString(), session.remaining().toString(), terms.expirationLedger(),
				terms.network());
	}

}
