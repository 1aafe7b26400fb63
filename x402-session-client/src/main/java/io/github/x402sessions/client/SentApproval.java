package io.github.x402sessions.client;

import io.github.x402sessions.client.approval.SignedApproval;

/**
 * An approve that left this machine, with all that is needed to make a session of it
 * later, without another signature.
 *
 * @param spender the facilitator's account that it allows to spend
 * @param registration what the facilitator is to be told, proof included
 * @param approval the signed transaction
 * @param leftToFacilitator whether the facilitator sends it to the chain
 */
record SentApproval(String spender, Registration registration, SignedApproval approval, boolean leftToFacilitator) {

	/** Whether a session made of it would be the one that a plan describes. */
	boolean fits(SessionPlan plan) {
		Registration planned = plan.registration(this.registration.approvalTxHash(),
				this.registration.expirationLedger());
		return planned.withProof(this.registration.proof())
			.withTransaction(this.registration.transaction())
			.equals(this.registration);
	}

	String hash() {
		return this.approval.hash();
	}

	@Override
	public String toString() {
		return "SentApproval[" + this.registration + "]";
	}

}
