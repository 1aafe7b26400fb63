package io.github.x402sessions.devnet.transaction.application;

import java.util.ArrayList;
import java.util.List;

import io.github.x402sessions.devnet.ledger.ClosedLedger;
import io.github.x402sessions.devnet.xdr.XdrCodec;
import io.github.x402sessions.devnet.xdr.XdrWriter;

/**
 * The metadata of a ledger, in the protocol's {@code LedgerCloseMeta} version 2: the
 * transactions, classic ones apart from those that call contracts, and the changes of
 * each. It is encoded by hand, because the SDK loses this version silently.
 *
 * @param ledger the ledger
 * @param transactions its transactions, in their order
 * @param fee stroops that each operation paid for its place
 * @param size the fewest bytes it has; made up by keys that it says were evicted
 */
public record LedgerCloseMeta(ClosedLedger ledger, List<AppliedTransaction> transactions, long fee, int size) {

	private static final int VERSION = 2;

	private static final int HASH = 32;

	private static final int PARALLEL = 1;

	private static final int CONTRACT_DATA = 6;

	private static final int CONTRACT_ADDRESS = 1;

	private static final int BYTES_VALUE = 13;

	/** Bytes of an evicted key around the bytes that fill it. */
	private static final int KEY_FRAME = 52;

	public byte[] toBytes() {
		byte[] content = new XdrWriter().int32(VERSION)
			.int32(0)
			.raw(this.ledger.historyEntry())
			.raw(transactionSet())
			.array(this.transactions.stream().map(LedgerCloseMeta::processing).toList())
			.int32(0)
			.int32(0)
			.int64(0)
			.toBytes();
		return new XdrWriter().raw(content).array(evicted(this.size - content.length - Integer.BYTES)).toBytes();
	}

	private byte[] transactionSet() {
		List<byte[]> classic = new ArrayList<>();
		List<byte[]> parallel = new ArrayList<>();
		for (AppliedTransaction applied : this.transactions) {
			(applied.transaction().soroban() ? parallel : classic)
				.add(XdrCodec.bytes(applied.transaction().envelope()));
		}
		return new XdrWriter().int32(1)
			.zeros(HASH)
			.int32(2)
			.int32(0)
			.array(components(classic))
			.int32(PARALLEL)
			.optional(parallel.isEmpty() ? null : feeBytes())
			.array(stages(parallel))
			.toBytes();
	}

	private byte[] feeBytes() {
		return new XdrWriter().int64(this.fee).toBytes();
	}

	private List<byte[]> components(List<byte[]> envelopes) {
		return envelopes.isEmpty() ? List.of()
				: List.of(new XdrWriter().int32(0).optional(feeBytes()).array(envelopes).toBytes());
	}

	/** One stage of one cluster, as all happens in turn. */
	private static List<byte[]> stages(List<byte[]> envelopes) {
		return envelopes.isEmpty() ? List.of() : List.of(new XdrWriter().int32(1).array(envelopes).toBytes());
	}

	private static byte[] processing(AppliedTransaction applied) {
		return new XdrWriter().int32(0)
			.raw(applied.transaction().hash())
			.raw(XdrCodec.bytes(applied.result().toBase64()))
			.int32(0)
			.raw(applied.meta())
			.int32(0)
			.toBytes();
	}

	private static List<byte[]> evicted(int missing) {
		int filling = (missing - KEY_FRAME) / Integer.BYTES * Integer.BYTES;
		return (filling < 0) ? List.of()
				: List.of(new XdrWriter().int32(CONTRACT_DATA)
					.int32(CONTRACT_ADDRESS)
					.zeros(HASH)
					.int32(BYTES_VALUE)
					.int32(filling)
					.zeros(filling)
					.int32(0)
					.toBytes());
	}

}
