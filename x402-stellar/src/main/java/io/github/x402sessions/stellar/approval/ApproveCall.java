package io.github.x402sessions.stellar.approval;

import java.math.BigInteger;

import io.github.x402sessions.stellar.xdr.ContractCall;
import org.stellar.sdk.InvokeHostFunctionOperation;
import org.stellar.sdk.scval.Scv;

/**
 * A call of {@code approve} that is to be made.
 *
 * @param asset the asset's contract
 * @param from who lets spend: an account, which is the transaction's source, or a
 * contract, which authorises the call for itself
 * @param spender who may spend
 * @param amount how much, base units
 * @param liveUntil the last ledger in which it may be spent
 */
public record ApproveCall(String asset, String from, String spender, BigInteger amount, long liveUntil) {

	public InvokeHostFunctionOperation operation() {
		return ContractCall.operation(this.asset, "approve", null, Scv.toAddress(this.from),
				Scv.toAddress(this.spender), Scv.toInt128(this.amount), Scv.toUint32(this.liveUntil));
	}

}
