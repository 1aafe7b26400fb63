package io.github.x402sessions.client;

import java.math.BigInteger;

import io.github.x402sessions.core.price.Asset;
import org.jspecify.annotations.Nullable;

/**
 * What a facilitator is told to make a session of: the body of {@code POST /sessions}.
 *
 * @param approvalTxHash the hash of the approve transaction, hex
 * @param user the account that approved
 * @param asset the asset's contract id
 * @param recipient the only address that the session pays
 * @param cap the most it may spend, base units
 * @param expirationLedger the last ledger in which it may spend
 * @param network the network as a CAIP-2 id
 * @param proof the user's signature over the rest, base64
 * @param transaction the signed approve for the facilitator to send, base64 XDR; absent
 * where it was sent already
 */
record Registration(String approvalTxHash, String user, String asset, String recipient, String cap,
		long expirationLedger, String network, @Nullable String proof, @Nullable String transaction) {

	Registration provenBy(SessionSigner signer) {
		return withProof(OwnershipProof.sign(this, signer));
	}

	Registration withProof(@Nullable String proof) {
		return new Registration(this.approvalTxHash, this.user, this.asset, this.recipient, this.cap,
				this.expirationLedger, this.network, proof, this.transaction);
	}

	Registration withTransaction(@Nullable String envelope) {
		return new Registration(this.approvalTxHash, this.user, this.asset, this.recipient, this.cap,
				this.expirationLedger, this.network, this.proof, envelope);
	}

	/** Without the proof, with which anyone could register the session as the user. */
	@Override
	public String toString() {
		return "Registration[approvalTxHash=" + this.approvalTxHash + ", user=" + this.user + ", recipient="
				+ this.recipient + ", cap=" + Asset.describe(this.asset, new BigInteger(this.cap))
				+ ", expirationLedger=" + this.expirationLedger + ", network=" + this.network + ", proof=***]";
	}

}
