package io.github.x402sessions.client.facilitator;

import io.github.x402sessions.core.protocol.MalformedMessageException;

/**
 * The part that the client needs of a facilitator's answer to {@code POST
 * /sessions/quote}.
 *
 * @param transaction the approval that it proposes, base64 XDR
 * @param expirationLedger the last ledger of the session
 */
public record Quote(String transaction, long expirationLedger) {

	public Quote {
		if (transaction == null || transaction.isBlank()) {
			throw new MalformedMessageException("'transaction' is missing");
		}
	}

}
