package io.github.x402sessions.client.approval;

import io.github.x402sessions.stellar.approval.ApprovalTerms;
import io.github.x402sessions.stellar.approval.SignedApproval;
import io.github.x402sessions.stellar.approval.UnsignedApproval;

/**
 * Sends an approval to the chain itself, and registers what has landed.
 *
 * @param chain the chain
 */
public record OnChainApproval(ApprovalChain chain) implements ApprovalStrategy {

	/** Prepare it for somebody who could pay. */
	@Override
	public UnsignedApproval prepare(ApprovalTerms terms) {
		UnsignedApproval approval = this.chain.prepare(terms);
		this.chain.requireAbleToPay(terms);
		return approval;
	}

	@Override
	public ApprovalOutcome submit(SignedApproval approval) {
		return this.chain.submit(approval);
	}

	@Override
	public ApprovalOutcome watch(SignedApproval approval) {
		return this.chain.watch(approval);
	}

	@Override
	public boolean endsAtTheFacilitator() {
		return false;
	}

}
