package io.github.x402sessions.facilitator.http;

import io.github.x402sessions.facilitator.session.PastCalls;
import io.github.x402sessions.facilitator.session.Session;
import io.github.x402sessions.facilitator.session.SessionRules;
import io.github.x402sessions.facilitator.session.allowance.AllowanceWatch;
import io.github.x402sessions.stellar.rpc.LedgerClock;
import io.github.x402sessions.stellar.rpc.RpcException;

/**
 * Shows a session to its bearer, as the books have it once the chain was asked. While the
 * node does not answer, a session is shown as it was. Thread-safe.
 *
 * @param watch ends sessions that the chain no longer carries
 * @param calls what sessions have paid for
 * @param rules tell when a session has ended
 * @param ledgers knows the height of the ledger
 */
record SessionView(AllowanceWatch watch, PastCalls calls, SessionRules rules, LedgerClock ledgers) {

	SessionDescription of(Session session) {
		try {
			Session now = this.watch.look(session);
			return state(now, this.rules.hasExpired(now.lastLedger(), this.ledgers.latest().sequence()));
		}
		catch (RpcException ex) {
			return state(session, false);
		}
	}

	private SessionDescription state(Session session, boolean expired) {
		return SessionDescription.of(session, expired, this.calls.of(session));
	}

}
