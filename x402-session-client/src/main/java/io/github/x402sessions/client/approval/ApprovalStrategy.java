package io.github.x402sessions.client.approval;

import io.github.x402sessions.stellar.approval.SignedApproval;

/**
 * A way to bring an approval to the ledger that opens a session.
 */
public interface ApprovalStrategy extends RevocationStrategy {

	/** Bring it there, if that is not the registration's part. */
	@Override
	ApprovalOutcome submit(SignedApproval approval);

	/** Find out what became of one that was sent before. */
	ApprovalOutcome watch(SignedApproval approval);

	/** Whether the facilitator sends it when it registers the session. */
	boolean endsAtTheFacilitator();

}
