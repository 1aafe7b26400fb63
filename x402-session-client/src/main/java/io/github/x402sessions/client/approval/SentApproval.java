package io.github.x402sessions.client.approval;

import io.github.x402sessions.client.facilitator.RegistrationBody;
import io.github.x402sessions.stellar.approval.SignedApproval;

/**
 * An approval that left this machine, with all that is needed to make a session of it
 * later, without another signature.
 *
 * @param spender the facilitator's account that it allows to spend
 * @param registration what the facilitator is to be told, proof included
 * @param approval the signed transaction
 * @param leftToFacilitator whether the facilitator sends it to the chain
 */
public record SentApproval(String spender, RegistrationBody registration, SignedApproval approval,
		boolean leftToFacilitator) {

	public String hash() {
		return this.approval.hash();
	}

	@Override
	public String toString() {
		return "SentApproval[" + this.registration + "]";
	}

}
