package io.github.x402sessions.devnet.transaction;

import io.github.x402sessions.devnet.xdr.XdrWriter;
import org.stellar.sdk.xdr.OperationType;

/**
 * The result of one operation.
 *
 * @param successful whether it did what it says
 * @param xdr its {@code OperationResult} as XDR
 */
@SuppressWarnings("ArrayRecordComponent") // bytes are passed on, never compared
public record OperationResult(boolean successful, byte[] xdr) {

	/** The operation's source has not signed with enough weight. */
	public static final OperationResult BAD_AUTH = new OperationResult(false, new XdrWriter().int32(-1).toBytes());

	/** The operation's source does not exist. */
	public static final OperationResult NO_ACCOUNT = new OperationResult(false, new XdrWriter().int32(-2).toBytes());

	/** The operation is none that this network performs. */
	public static final OperationResult NOT_SUPPORTED = new OperationResult(false, new XdrWriter().int32(-3).toBytes());

	/** The result of an operation that was tried: 0, or one of its negative codes. */
	public static OperationResult of(OperationType type, int code) {
		return new OperationResult(code == 0, inner(type, code).toBytes());
	}

	/** A contract call that returned. */
	public static OperationResult invoked(byte[] successHash) {
		return new OperationResult(true, inner(OperationType.INVOKE_HOST_FUNCTION, 0).raw(successHash).toBytes());
	}

	/**
	 * An account that was closed.
	 * @param balance stroops that it had
	 */
	public static OperationResult merged(long balance) {
		return new OperationResult(true, inner(OperationType.ACCOUNT_MERGE, 0).int64(balance).toBytes());
	}

	private static XdrWriter inner(OperationType type, int code) {
		return new XdrWriter().int32(0).int32(type.getValue()).int32(code);
	}

}
