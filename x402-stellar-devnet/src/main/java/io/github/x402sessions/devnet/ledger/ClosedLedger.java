package io.github.x402sessions.devnet.ledger;

import java.util.HexFormat;

import io.github.x402sessions.devnet.xdr.XdrCodec;
import io.github.x402sessions.devnet.xdr.XdrWriter;

/**
 * A closed ledger.
 *
 * @param sequence its number
 * @param closeTime seconds since 1970
 * @param feePool stroops that all fees so far amount to
 * @param header its {@code LedgerHeader} as XDR
 */
@SuppressWarnings("ArrayRecordComponent") // bytes are passed on, never compared
public record ClosedLedger(long sequence, long closeTime, long feePool, byte[] header) {

	/** Lumens in existence, in stroops. */
	public static final long TOTAL_COINS = 1_000_000_000_000_000_000L;

	/** The smallest inclusion fee of an operation, in stroops. */
	public static final long BASE_FEE = 100;

	private static final int MAX_TRANSACTIONS = 1000;

	private static final int HASH = 32;

	public static ClosedLedger close(int protocol, byte[] previous, long sequence, long closeTime, long feePool) {
		return new ClosedLedger(sequence, closeTime, feePool,
				new XdrWriter().int32(protocol)
					.raw(previous)
					.zeros(HASH)
					.int64(closeTime)
					.int32(0)
					.int32(0)
					.zeros(2 * HASH)
					.int32(sequence)
					.int64(TOTAL_COINS)
					.int64(feePool)
					.int32(0)
					.int64(0)
					.int32(BASE_FEE)
					.int32(Account.BASE_RESERVE)
					.int32(MAX_TRANSACTIONS)
					.zeros(4 * HASH)
					.int32(0)
					.toBytes());
	}

	/** Its place in time. */
	public LedgerHistory.Range.Mark mark() {
		return new LedgerHistory.Range.Mark(this.sequence, this.closeTime);
	}

	public byte[] hash() {
		return XdrCodec.sha256(this.header);
	}

	/** Its {@code LedgerHeaderHistoryEntry} as XDR. */
	public byte[] historyEntry() {
		return new XdrWriter().raw(hash()).raw(this.header).int32(0).toBytes();
	}

	public String id() {
		return HexFormat.of().formatHex(hash());
	}

}
