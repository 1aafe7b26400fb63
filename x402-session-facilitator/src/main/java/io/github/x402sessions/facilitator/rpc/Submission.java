package io.github.x402sessions.facilitator.rpc;

import java.nio.ByteBuffer;
import java.util.Base64;

import org.jspecify.annotations.Nullable;

/**
 * What a node's queue says to a transaction. None of it is an outcome: that is only ever
 * read from a closed ledger.
 *
 * @param status the queue's word
 * @param errorResult the XDR of the transaction's result with {@link Status#ERROR};
 * absent otherwise
 */
public record Submission(Status status, @Nullable String errorResult) {

	private static final int CODE_OFFSET = 8;

	private static final int BAD_SEQUENCE = -5;

	private static final int INSUFFICIENT_FEE = -9;

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
	 * Return the code of the error result. It is read by hand, because codes newer than
	 * the SDK must not break anything.
	 * @return the code such as -5, or 0 if there is none
	 */
	public int errorCode() {
		if (this.errorResult == null) {
			return 0;
		}
		try {
			byte[] xdr = Base64.getDecoder().decode(this.errorResult);
			return (xdr.length < CODE_OFFSET + Integer.BYTES) ? 0 : ByteBuffer.wrap(xdr).getInt(CODE_OFFSET);
		}
		catch (IllegalArgumentException ex) {
			return 0;
		}
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

}
