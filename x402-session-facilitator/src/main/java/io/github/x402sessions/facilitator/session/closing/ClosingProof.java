package io.github.x402sessions.facilitator.session.closing;

import io.github.x402sessions.facilitator.session.SessionTerms;

/**
 * The payer's signature that closes a session, for whoever has lost its id. The text is
 * no registration's, and names the approval that the session rests on.
 */
final class ClosingProof {

	private ClosingProof() {
	}

	static String message(SessionTerms terms) {
		return String.join(":", "x402-session-close:v1", terms.network(), terms.asset(), terms.recipient(),
				terms.approval());
	}

}
