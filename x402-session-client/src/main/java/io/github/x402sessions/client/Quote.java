package io.github.x402sessions.client;

import io.github.x402sessions.client.approval.ApprovalTerms;
import io.github.x402sessions.client.approval.ChainException;
import io.github.x402sessions.client.approval.QuotedApproval;
import io.github.x402sessions.client.approval.UnsignedApproval;
import io.github.x402sessions.core.price.Network;
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

	/**
	 * Build the approve of its numbers.
	 * @throws ChainException if they are none to sign for
	 */
	UnsignedApproval approval(ApprovalTerms terms, Network network) {
		return QuotedApproval.of(this.transaction, terms, this.expirationLedger, network);
	}

}
