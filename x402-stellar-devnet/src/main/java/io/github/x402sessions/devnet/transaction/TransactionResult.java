package io.github.x402sessions.devnet.transaction;

import java.util.List;

import io.github.x402sessions.devnet.xdr.XdrCodec;
import io.github.x402sessions.devnet.xdr.XdrWriter;
import org.jspecify.annotations.Nullable;

/**
 * The result of a transaction.
 *
 * @param feeCharged stroops taken, after refunds
 * @param code the outcome
 * @param operations the outcome of each operation, if they were tried
 * @param innerHash of a fee bump the hash of the inner transaction, whose outcome this
 * is; absent otherwise
 */
@SuppressWarnings("ArrayRecordComponent") // bytes are passed on, never compared
public record TransactionResult(long feeCharged, TransactionCode code, List<OperationResult> operations,
		byte @Nullable [] innerHash) {

	private static final int INNER_SUCCESS = 1;

	private static final int INNER_FAILED = -13;

	public TransactionResult(long feeCharged, TransactionCode code, List<OperationResult> operations) {
		this(feeCharged, code, operations, null);
	}

	/** The same at another price. */
	public TransactionResult charging(long stroops) {
		return new TransactionResult(stroops, this.code, this.operations, this.innerHash);
	}

	/** The same as the outcome of the transaction inside a fee bump. */
	public TransactionResult inside(byte[] hash) {
		return new TransactionResult(this.feeCharged, this.code, this.operations, hash);
	}

	static TransactionResult of(TransactionCode code) {
		return new TransactionResult(0, code, List.of());
	}

	public boolean successful() {
		return this.code == TransactionCode.SUCCESS;
	}

	public String toBase64() {
		XdrWriter out = new XdrWriter().int64(this.feeCharged);
		if (this.innerHash != null) {
			out.int32(successful() ? INNER_SUCCESS : INNER_FAILED).raw(this.innerHash).int64(0);
			outcome(out).int32(0);
		}
		else {
			outcome(out);
		}
		return XdrCodec.base64(out.int32(0).toBytes());
	}

	private XdrWriter outcome(XdrWriter out) {
		out.int32(this.code.number());
		if (this.code == TransactionCode.SUCCESS || this.code == TransactionCode.FAILED) {
			out.array(this.operations.stream().map(OperationResult::xdr).toList());
		}
		return out;
	}

}
