package io.github.x402sessions.client;

import io.github.x402sessions.client.approval.ApprovalChain;
import io.github.x402sessions.client.approval.ApprovalOutcome;
import io.github.x402sessions.client.approval.ApprovalTerms;
import io.github.x402sessions.client.approval.SignedApproval;
import io.github.x402sessions.client.approval.UnsignedApproval;

/**
 * Sends the approve that takes an allowance back to the chain itself. Who could not pay
 * any more can still do that.
 *
 * @param chain the chain
 */
record ChainClosingRoute(ApprovalChain chain) implements ClosingRoute {

	@Override
	public UnsignedApproval prepare(ApprovalTerms terms) {
		return this.chain.prepare(terms);
	}

	@Override
	public ApprovalOutcome submit(SignedApproval approval) {
		return this.chain.submit(approval);
	}

}
