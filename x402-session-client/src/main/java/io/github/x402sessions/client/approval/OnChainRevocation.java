package io.github.x402sessions.client.approval;

import io.github.x402sessions.stellar.approval.ApprovalTerms;
import io.github.x402sessions.stellar.approval.SignedApproval;
import io.github.x402sessions.stellar.approval.UnsignedApproval;

/**
 * Sends the approval that takes an allowance back to the chain itself. Who could not pay
 * any more can still do that.
 *
 * @param chain the chain
 */
public record OnChainRevocation(ApprovalChain chain) implements RevocationStrategy {

	@Override
	public UnsignedApproval prepare(ApprovalTerms terms) {
		return this.chain.prepare(terms);
	}

	@Override
	public ApprovalOutcome submit(SignedApproval approval) {
		return this.chain.submit(approval);
	}

}
