package io.github.x402sessions.devnet.simulation;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.github.x402sessions.devnet.contract.HostOutcome;
import io.github.x402sessions.devnet.contract.authorization.Authorization;
import io.github.x402sessions.devnet.contract.runtime.FootprintKeys;
import io.github.x402sessions.devnet.fee.DeclaredResources;
import io.github.x402sessions.devnet.fee.FeeSchedule;
import io.github.x402sessions.devnet.fee.Rent;
import io.github.x402sessions.devnet.ledger.EntryChange;
import io.github.x402sessions.devnet.ledger.EntryKey;
import io.github.x402sessions.devnet.ledger.LedgerDraft;
import io.github.x402sessions.devnet.ledger.LedgerView;
import io.github.x402sessions.devnet.ledger.StoredEntry;
import io.github.x402sessions.devnet.xdr.MuxedAddress;
import io.github.x402sessions.devnet.xdr.XdrCodec;
import io.github.x402sessions.devnet.xdr.XdrWriter;
import org.stellar.sdk.xdr.ExtensionPoint;
import org.stellar.sdk.xdr.Int64;
import org.stellar.sdk.xdr.InvokeHostFunctionOp;
import org.stellar.sdk.xdr.Operation;
import org.stellar.sdk.xdr.SorobanResources;
import org.stellar.sdk.xdr.SorobanTransactionData;
import org.stellar.sdk.xdr.Uint32;
import org.stellar.sdk.xdr.XdrUnsignedInteger;

/**
 * The resources and the fee that a call should declare: its use, with the margins that
 * the network's own simulation adds.
 */
final class ResourceEstimate {

	/**
	 * Envelope bytes of the largest transaction around an operation, without its body and
	 * footprint.
	 */
	private static final int ENVELOPE_FRAME = 1892;

	/** Bytes of an operation's type and of the count of its authorization entries. */
	private static final int BODY_FRAME = 8;

	private final DeclaredResources resources;

	private final int size;

	private final long refundable;

	private final FootprintKeys footprint;

	private final List<EntryKey> restored;

	private ResourceEstimate(FootprintKeys footprint, LedgerDraft draft, long instructions, int content, int output) {
		this.footprint = footprint;
		this.restored = draft.changes().stream().filter(EntryChange::restores).map(EntryChange::key).toList();
		List<EntryKey> read = footprint.all().filter((key) -> key.onDisk() || this.restored.contains(key)).toList();
		this.resources = new DeclaredResources(instructions, read.size(), footprint.readWrite().size(),
				size(read.stream(), draft.base()), size(footprint.readWrite().stream(), draft));
		int raw = ENVELOPE_FRAME + content + XdrCodec.bytes(footprint.toXdr()::toXdrByteArray).length;
		this.size = Math.max(raw * 11 / 10, raw + 500);
		long used = FeeSchedule.events(output) + Rent.of(draft.changes(), draft.ledger());
		this.refundable = used * 115 / 100;
	}

	/** Of a host function that was tried. */
	static ResourceEstimate ofCall(InvokeHostFunctionOp call, FootprintKeys footprint,
			List<Authorization> authorization, LedgerDraft draft, HostOutcome.Returned returned) {
		int content = BODY_FRAME + MuxedAddress.toWire(XdrCodec.bytes(call.getHostFunction()::toXdrByteArray)).length;
		for (Authorization entry : authorization) {
			content += entry.toXdr().length;
		}
		return new ResourceEstimate(footprint, draft,
				Math.max(returned.instructions() * 104 / 100, returned.instructions() + 50_000), content,
				returned.outputSize());
	}

	/** Of an operation on the footprint, which runs nothing and emits nothing. */
	static ResourceEstimate ofFootprint(Operation operation, FootprintKeys footprint, LedgerDraft draft) {
		return new ResourceEstimate(footprint, draft, 0, XdrCodec.bytes(operation.getBody()::toXdrByteArray).length, 0);
	}

	private static int size(Stream<EntryKey> keys, LedgerView entries) {
		return keys.map(entries::find).filter(Objects::nonNull).mapToInt(StoredEntry::size).sum();
	}

	long resourceFee() {
		return FeeSchedule.nonRefundable(this.resources, this.size) + this.refundable;
	}

	/**
	 * The data that a transaction has to declare. A contract call names what it restores;
	 * the SDK cannot write that.
	 */
	byte[] transactionData(boolean naming) {
		SorobanTransactionData data = new SorobanTransactionData.Builder()
			.ext(new ExtensionPoint.Builder().discriminant(0).build())
			.resources(new SorobanResources.Builder().footprint(this.footprint.toXdr())
				.instructions(uint32(this.resources.instructions()))
				.readBytes(uint32(this.resources.diskReadBytes()))
				.writeBytes(uint32(this.resources.writeBytes()))
				.build())
			.resourceFee(new Int64(resourceFee()))
			.build();
		byte[] plain = XdrCodec.bytes(data::toXdrByteArray);
		if (!naming || this.restored.isEmpty()) {
			return plain;
		}
		return new XdrWriter().int32(1)
			.array(places())
			.raw(Arrays.copyOfRange(plain, Integer.BYTES, plain.length))
			.toBytes();
	}

	/** The places of the restored entries in the writable footprint. */
	private List<byte[]> places() {
		List<EntryKey> keys = List.copyOf(this.footprint.readWrite());
		return IntStream.range(0, keys.size())
			.filter((place) -> this.restored.contains(keys.get(place)))
			.mapToObj((place) -> new XdrWriter().int32(place).toBytes())
			.toList();
	}

	private static Uint32 uint32(long value) {
		return new Uint32(new XdrUnsignedInteger(value));
	}

}
