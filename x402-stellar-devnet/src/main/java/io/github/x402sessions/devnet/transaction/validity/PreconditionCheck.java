package io.github.x402sessions.devnet.transaction.validity;

import java.math.BigInteger;

import io.github.x402sessions.devnet.transaction.Rejection;
import io.github.x402sessions.devnet.transaction.TransactionCode;
import org.jspecify.annotations.Nullable;
import org.stellar.sdk.xdr.LedgerBounds;
import org.stellar.sdk.xdr.Preconditions;
import org.stellar.sdk.xdr.SequenceNumber;
import org.stellar.sdk.xdr.TimeBounds;
import org.stellar.sdk.xdr.TimePoint;

/**
 * The preconditions of a transaction: its bounds by time, ledger and sequence number.
 */
final class PreconditionCheck {

	private static final BigInteger FAR_FUTURE = BigInteger.valueOf(Long.MAX_VALUE);

	private final @Nullable TimeBounds time;

	private final @Nullable LedgerBounds ledgers;

	private final @Nullable SequenceNumber minimumSequence;

	PreconditionCheck(Preconditions conditions) {
		boolean extended = conditions.getV2() != null;
		this.time = extended ? conditions.getV2().getTimeBounds() : conditions.getTimeBounds();
		this.ledgers = extended ? conditions.getV2().getLedgerBounds() : null;
		this.minimumSequence = extended ? conditions.getV2().getMinSeqNum() : null;
	}

	@Nullable Rejection check(ValidityWindow window) {
		if (this.time != null && seconds(this.time.getMinTime()) > window.closeTime()) {
			return Rejection.of(TransactionCode.TOO_EARLY);
		}
		if (this.ledgers != null && this.ledgers.getMinLedger().getUint32().getNumber() > window.ledger()) {
			return Rejection.of(TransactionCode.TOO_EARLY);
		}
		if (this.time != null && passed(seconds(this.time.getMaxTime()), window.latestCloseTime() - 1)) {
			return Rejection.of(TransactionCode.TOO_LATE);
		}
		if (this.ledgers != null && passed(this.ledgers.getMaxLedger().getUint32().getNumber(), window.ledger())) {
			return Rejection.of(TransactionCode.TOO_LATE);
		}
		return null;
	}

	boolean allows(long sequence, long accountSequence) {
		if (this.minimumSequence == null) {
			return sequence == accountSequence + 1;
		}
		return accountSequence >= this.minimumSequence.getSequenceNumber().getInt64() && accountSequence < sequence;
	}

	/** Whether an end, that 0 leaves open, is not after the present. */
	private static boolean passed(long end, long present) {
		return end != 0 && end <= present;
	}

	private static long seconds(TimePoint point) {
		return point.getTimePoint().getUint64().getNumber().min(FAR_FUTURE).longValueExact();
	}

}
