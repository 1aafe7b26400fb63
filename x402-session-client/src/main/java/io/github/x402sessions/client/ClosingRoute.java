package io.github.x402sessions.client;

import io.github.x402sessions.client.approval.ApprovalOutcome;
import io.github.x402sessions.client.approval.ApprovalTerms;
import io.github.x402sessions.client.approval.SignedApproval;
import io.github.x402sessions.client.approval.UnsignedApproval;

/**
 * The way to the ledger of an approve that takes an allowance back.
 */
interface ClosingRoute {

	/** Prepare it; nothing is signed or sent. */
	UnsignedApproval prepare(ApprovalTerms terms);

	/** Bring it there. */
	ApprovalOutcome submit(SignedApproval approval);

}
