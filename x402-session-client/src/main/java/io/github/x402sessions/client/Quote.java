package io.github.x402sessions.client;

import io.github.x402sessions.core.protocol.MalformedMessageException;

/**
 * What the client needs of a facilitator's answer to {@code POST /sessions/quote}.
 *
 * @param transaction the approve that it proposes, base64 XDR
 * @param expirationLedger the last ledger of the session
 */
record Quote(String transaction, long expirationLedger) {

	Quote {
		if (transaction == null || transaction.isBlank()) {
			throw new MalformedMessageException("'transaction' is missing");
		}
	}

}
