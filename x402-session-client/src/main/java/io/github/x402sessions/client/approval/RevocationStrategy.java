package io.github.x402sessions.client.approval;

import io.github.x402sessions.stellar.approval.ApprovalTerms;
import io.github.x402sessions.stellar.approval.SignedApproval;
import io.github.x402sessions.stellar.approval.UnsignedApproval;

/**
 * A way to bring an approval to the ledger that takes an allowance back.
 */
public interface RevocationStrategy {

	/** Prepare it; nothing is signed or sent. */
	UnsignedApproval prepare(ApprovalTerms terms);

	/** Bring it there. */
	ApprovalOutcome submit(SignedApproval approval);

}
