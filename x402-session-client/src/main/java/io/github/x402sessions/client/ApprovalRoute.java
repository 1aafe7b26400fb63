package io.github.x402sessions.client;

import io.github.x402sessions.client.approval.ApprovalOutcome;
import io.github.x402sessions.client.approval.ApprovalTerms;
import io.github.x402sessions.client.approval.SignedApproval;
import io.github.x402sessions.client.approval.UnsignedApproval;

/**
 * The way of an approve to the ledger.
 */
interface ApprovalRoute {

	/** Prepare it; nothing is signed or sent. */
	UnsignedApproval prepare(ApprovalTerms terms);

	/** Bring it there, if that is not the registration's part. */
	ApprovalOutcome submit(SignedApproval approval);

	/** Find out what became of one that was sent before. */
	ApprovalOutcome watch(SignedApproval approval);

	/** Whether the facilitator sends it when it registers the session. */
	boolean endsAtTheFacilitator();

}
