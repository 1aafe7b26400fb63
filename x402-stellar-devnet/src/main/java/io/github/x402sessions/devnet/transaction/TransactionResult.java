package io.github.x402sessions.devnet.transaction;

import java.util.List;

import io.github.x402sessions.devnet.xdr.Xdr;
import io.github.x402sessions.devnet.xdr.XdrSink;

/**
 * How a transaction ended.
 *
 * @param feeCharged stroops taken, after refunds
 * @param code the outcome
 * @param operations the outcome of each operation, if they were tried
 */
public record TransactionResult(long feeCharged, ResultCode code, List<OperationResult> operations) {

	static TransactionResult of(ResultCode code) {
		return new TransactionResult(0, code, List.of());
	}

	public boolean successful() {
		return this.code == ResultCode.SUCCESS;
	}

	public String toBase64() {
		XdrSink out = new XdrSink().int64(this.feeCharged).int32(this.code.number());
		if (this.code == ResultCode.SUCCESS || this.code == ResultCode.FAILED) {
			out.array(this.operations.stream().map(OperationResult::xdr).toList());
		}
		return Xdr.base64(out.int32(0).toBytes());
	}

}
