package io.github.x402sessions.stellar.rpc;

import java.nio.ByteBuffer;
import java.util.Base64;

import org.jspecify.annotations.Nullable;

/**
 * The answer of a node's queue to a transaction. None of it is an outcome: that is only
 * ever read from a closed ledger.
 *
 * @param status the queue's word
 * @param errorResult the XDR of the transaction's result with {@link Status#ERROR};
 * absent otherwise
 */
public record Submission(Status status, @Nullable String errorResult) {

	private static final int CODE_OFFSET = 8;

	/** After the code of a fee bump come the hash and the fee of what is inside. */
	private static final int INNER_CODE_OFFSET = CODE_OFFSET + Integer.BYTES + 32 + Long.BYTES;

	private static final int INNER_FAILED = -13;

	private static final int BAD_SEQUENCE = -5;

	private static final int INSUFFICIENT_FEE = -9;

	private static final int SOROBAN_INVALID = -17;

	/** The words of a queue. */
	public enum Status {

		/** Taken. */
		PENDING,

		/** Already there. */
		DUPLICATE,

		/** Not now; also said of a transaction that was applied a moment ago. */
		TRY_AGAIN_LATER,

		/** Not in this form. */
		ERROR

	}

	/**
	 * Return the code of the error result, of a fee bump that of the transaction inside.
	 * It is read by hand, because codes newer than the SDK must not break anything.
	 * @return the code such as -5, or 0 if there is none
	 */
	public int errorCode() {
		if (this.errorResult == null) {
			return 0;
		}
		try {
			byte[] xdr = Base64.getDecoder().decode(this.errorResult);
			int code = code(xdr, CODE_OFFSET);
			return (code == INNER_FAILED) ? code(xdr, INNER_CODE_OFFSET) : code;
		}
		catch (IllegalArgumentException ex) {
			return 0;
		}
	}

	private static int code(byte[] xdr, int offset) {
		return (xdr.length < offset + Integer.BYTES) ? 0 : ByteBuffer.wrap(xdr).getInt(offset);
	}

	/**
	 * Tell whether the sequence number was refused.
	 * @return whether the error is {@code txBAD_SEQ}
	 */
	public boolean isBadSequence() {
		return this.status == Status.ERROR && errorCode() == BAD_SEQUENCE;
	}

	/**
	 * Tell whether the bid was too low for the queue.
	 * @return whether the error is {@code txINSUFFICIENT_FEE}
	 */
	public boolean isInsufficientFee() {
		return this.status == Status.ERROR && errorCode() == INSUFFICIENT_FEE;
	}

	/**
	 * Tell whether the declared resources or their fee were refused, as they are after
	 * the network has raised its prices.
	 * @return whether the error is {@code txSOROBAN_INVALID}
	 */
	public boolean isSorobanInvalid() {
		return this.status == Status.ERROR && errorCode() == SOROBAN_INVALID;
	}

}
