package io.github.x402sessions.client.approval;

import io.github.x402sessions.client.facilitator.RegistrationBody;
import io.github.x402sessions.client.signing.SessionKeyPair;
import io.github.x402sessions.stellar.approval.SignedApproval;
import org.jspecify.annotations.Nullable;

/**
 * An approval that left this machine, with all that is needed to make a session of it
 * later, without another signature.
 *
 * @param spender the facilitator's account that it allows to spend
 * @param registration what the facilitator is to be told, proof included
 * @param approval the signed transaction
 * @param leftToFacilitator whether the facilitator sends it to the chain
 * @param key signs the payments of the session that is made of it; {@code null} if it has
 * no key
 */
public record SentApproval(String spender, RegistrationBody registration, SignedApproval approval,
		boolean leftToFacilitator, @Nullable SessionKeyPair key) {

	public String hash() {
		return this.approval.hash();
	}

	@Override
	public String toString() {
		return "SentApproval[" + this.registration + "]";
	}

}
