package io.github.x402sessions.facilitator.session.registration;

import io.github.x402sessions.core.protocol.MalformedMessageException;
import org.jspecify.annotations.Nullable;

/**
 * A payer's request to register a session. All of it is a claim that the chain has to
 * confirm.
 *
 * @param approvalTxHash the hash of the transaction that holds the approval, 64 hex
 * digits; where {@code transaction} is given it may be absent, and is otherwise that
 * one's
 * @param user who pays
 * @param asset the asset's contract
 * @param recipient who is to be paid
 * @param cap the most that may be paid, base units as a decimal string
 * @param expirationLedger the last ledger of the approval
 * @param network the network as a CAIP-2 id
 * @param proof the payer's signature over {@link OwnerProof#message}, base64; optional
 * where the recipient is on the operator's list
 * @param transaction the approval itself, signed by the user and not sent yet: the XDR of
 * its envelope, base64; optional
 * @param sessionKey the key whose holder is to sign each payment: Ed25519, base64url
 * without padding; takes a proof; optional
 */
public record RegistrationRequest(@Nullable String approvalTxHash, String user, String asset, String recipient,
		String cap, long expirationLedger, String network, @Nullable String proof, @Nullable String transaction,
		@Nullable String sessionKey) {

	/**
	 * Check the required fields.
	 * @throws MalformedMessageException if one is missing
	 */
	public RegistrationRequest {
		if (transaction == null) {
			required(approvalTxHash, "approvalTxHash");
		}
		required(user, "user");
		required(asset, "asset");
		required(recipient, "recipient");
		required(cap, "cap");
		required(network, "network");
	}

	/** Return the same about an approval that is known by its hash. */
	RegistrationRequest of(String approval) {
		return new RegistrationRequest(approval, this.user, this.asset, this.recipient, this.cap, this.expirationLedger,
				this.network, this.proof, null, this.sessionKey);
	}

	/** The proof opens the session's token, so it does not show. */
	@Override
	public String toString() {
		return "RegistrationRequest[approvalTxHash=" + this.approvalTxHash + ", user=" + this.user + ", asset="
				+ this.asset + ", recipient=" + this.recipient + ", cap=" + this.cap + ", expirationLedger="
				+ this.expirationLedger + ", network=" + this.network + "]";
	}

	public static void required(@Nullable String value, String name) {
		if (value == null || value.isBlank()) {
			throw new MalformedMessageException("'" + name + "' is missing");
		}
	}

}
