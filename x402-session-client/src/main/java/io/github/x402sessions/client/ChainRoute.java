package io.github.x402sessions.client;

import io.github.x402sessions.client.approval.ApprovalChain;
import io.github.x402sessions.client.approval.ApprovalOutcome;
import io.github.x402sessions.client.approval.ApprovalTerms;
import io.github.x402sessions.client.approval.SignedApproval;
import io.github.x402sessions.client.approval.UnsignedApproval;

/**
 * Sends an approve to the chain itself, and registers what has landed.
 *
 * @param chain the chain
 */
record ChainRoute(ApprovalChain chain) implements ApprovalRoute {

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
