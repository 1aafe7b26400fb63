package io.github.x402sessions.client.facilitator;

import java.math.BigInteger;
import java.util.function.Function;

import io.github.x402sessions.core.price.Asset;
import org.jspecify.annotations.Nullable;

/**
 * The terms that a facilitator makes a session of: the body of {@code POST /sessions}.
 *
 * @param approvalTxHash the hash of the approval transaction, hex
 * @param user the account that approved
 * @param asset the asset's contract id
 * @param recipient the only address that the session pays
 * @param cap the most it may spend, base units
 * @param expirationLedger the last ledger in which it may spend
 * @param network the network as a CAIP-2 id
 * @param proof the user's signature over the rest, base64
 * @param transaction the signed approval for the facilitator to send, base64 XDR; absent
 * where it was sent already
 * @param sessionKey the public key that verifies the session's payments, base64url;
 * absent for a session without a key
 */
public record RegistrationBody(String approvalTxHash, String user, String asset, String recipient, String cap,
		long expirationLedger, String network, @Nullable String proof, @Nullable String transaction,
		@Nullable String sessionKey) {

	/**
	 * Prove it.
	 * @param signer signs a text for the user, as SEP-53 says
	 * @return the registration with its proof
	 */
	public RegistrationBody provenBy(Function<String, byte[]> signer) {
		return withProof(OwnershipProof.sign(this, signer));
	}

	public RegistrationBody withProof(@Nullable String proof) {
		return new RegistrationBody(this.approvalTxHash, this.user, this.asset, this.recipient, this.cap,
				this.expirationLedger, this.network, proof, this.transaction, this.sessionKey);
	}

	public RegistrationBody withTransaction(@Nullable String envelope) {
		return new RegistrationBody(this.approvalTxHash, this.user, this.asset, this.recipient, this.cap,
				this.expirationLedger, this.network, this.proof, envelope, this.sessionKey);
	}

	/** Without the proof, with which anyone could register the session as the user. */
	@Override
	public String toString() {
		return "Registration[approvalTxHash=" + this.approvalTxHash + ", user=" + this.user + ", recipient="
				+ this.recipient + ", cap=" + Asset.describe(this.asset, new BigInteger(this.cap))
				+ ", expirationLedger=" + this.expirationLedger + ", network=" + this.network + ", proof=***]";
	}

}
