package io.github.x402sessions.client;

import io.github.x402sessions.client.approval.ApprovalOutcome;
import io.github.x402sessions.client.approval.SignedApproval;

/**
 * The way to the ledger of an approve that opens a session.
 */
interface ApprovalRoute extends ClosingRoute {

	/** Bring it there, if that is not the registration's part. */
	@Override
	ApprovalOutcome submit(SignedApproval approval);

	/** Find out what became of one that was sent before. */
	ApprovalOutcome watch(SignedApproval approval);

	/** Whether the facilitator sends it when it registers the session. */
	boolean endsAtTheFacilitator();

}
