package io.github.x402sessions.client.approval;

/**
 * A way to bring an approval to the ledger that takes an allowance back.
 */
public interface RevocationStrategy {

	/** Prepare it; nothing is signed or sent. */
	UnsignedApproval prepare(ApprovalTerms terms);

	/** Bring it there. */
	ApprovalOutcome submit(SignedApproval approval);

}
