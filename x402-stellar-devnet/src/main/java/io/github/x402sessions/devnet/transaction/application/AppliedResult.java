package io.github.x402sessions.devnet.transaction.application;

import io.github.x402sessions.devnet.transaction.TransactionResult;

/**
 * The result of a transaction in its ledger.
 *
 * @param successful whether it took effect
 * @param feeCharged stroops taken, after refunds
 * @param xdr its {@code TransactionResult}, base64 XDR
 */
public record AppliedResult(boolean successful, long feeCharged, String xdr) {

	static AppliedResult of(TransactionResult result) {
		return new AppliedResult(result.successful(), result.feeCharged(), result.toBase64());
	}

	/** The result as base64 XDR. */
	public String toBase64() {
		return this.xdr;
	}

}
