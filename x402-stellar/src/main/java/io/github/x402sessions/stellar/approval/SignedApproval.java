package io.github.x402sessions.stellar.approval;

/**
 * A signed approval transaction, ready to be sent as often as needed: the network takes
 * it once.
 *
 * @param hash the transaction's hash, hex
 * @param envelope the signed envelope, base64 XDR
 * @param maxTime the last close time it can be in a ledger at, epoch seconds
 */
public record SignedApproval(String hash, String envelope, long maxTime) {

	/** Without the envelope: who has it can send it. */
	@Override
	public String toString() {
		return "SignedApproval[hash=" + this.hash + ", maxTime=" + this.maxTime + "]";
	}

}
