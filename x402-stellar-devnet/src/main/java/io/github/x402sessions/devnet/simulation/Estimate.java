package io.github.x402sessions.devnet.simulation;

import java.util.List;
import java.util.Objects;

import io.github.x402sessions.devnet.contract.Footprint;
import io.github.x402sessions.devnet.contract.HostOutcome;
import io.github.x402sessions.devnet.fee.FeeSchedule;
import io.github.x402sessions.devnet.fee.Rent;
import io.github.x402sessions.devnet.fee.Resources;
import io.github.x402sessions.devnet.ledger.EntryKey;
import io.github.x402sessions.devnet.ledger.LedgerDraft;
import io.github.x402sessions.devnet.ledger.StoredEntry;
import io.github.x402sessions.devnet.xdr.Xdr;
import org.stellar.sdk.xdr.ExtensionPoint;
import org.stellar.sdk.xdr.Int64;
import org.stellar.sdk.xdr.InvokeHostFunctionOp;
import org.stellar.sdk.xdr.SorobanAuthorizationEntry;
import org.stellar.sdk.xdr.SorobanResources;
import org.stellar.sdk.xdr.SorobanTransactionData;
import org.stellar.sdk.xdr.Uint32;
import org.stellar.sdk.xdr.XdrUnsignedInteger;

/**
 * The resources and the fee that a call should declare: what it used, with the margins
 * that the network's own simulation adds.
 */
final class Estimate {

	/**
	 * Envelope bytes of the largest transaction around an operation, without its body and
	 * footprint.
	 */
	private static final int ENVELOPE_FRAME = 1892;

	/** Bytes of an operation's type and of the count of its authorization entries. */
	private static final int BODY_FRAME = 8;

	private final Resources resources;

	private final int size;

	private final long refundable;

	private final Footprint footprint;

	Estimate(InvokeHostFunctionOp call, Footprint footprint, List<SorobanAuthorizationEntry> authorization,
			LedgerDraft draft, HostOutcome.Returned returned) {
		this.footprint = footprint;
		this.resources = new Resources(Math.max(returned.instructions() * 104 / 100, returned.instructions() + 50_000),
				(int) footprint.all().filter(EntryKey::onDisk).count(), footprint.readWrite().size(),
				footprint.all()
					.filter(EntryKey::onDisk)
					.map(draft::find)
					.filter(Objects::nonNull)
					.mapToInt(StoredEntry::size)
					.sum(),
				footprint.readWrite()
					.stream()
					.map(draft::find)
					.filter(Objects::nonNull)
					.mapToInt(StoredEntry::size)
					.sum());
		int raw = ENVELOPE_FRAME + BODY_FRAME + Xdr.bytes(call.getHostFunction()::toXdrByteArray).length
				+ Xdr.bytes(footprint.toXdr()::toXdrByteArray).length;
		for (SorobanAuthorizationEntry entry : authorization) {
			raw += Xdr.bytes(entry::toXdrByteArray).length;
		}
		this.size = Math.max(raw * 11 / 10, raw + 500);
		long used = FeeSchedule.events(returned.outputSize()) + Rent.of(draft.changes(), draft.ledger());
		this.refundable = used * 115 / 100;
	}

	long resourceFee() {
		return FeeSchedule.nonRefundable(this.resources, this.size) + this.refundable;
	}

	SorobanTransactionData transactionData() {
		return new SorobanTransactionData.Builder().ext(new ExtensionPoint.Builder().discriminant(0).build())
			.resources(new SorobanResources.Builder().footprint(this.footprint.toXdr())
				.instructions(uint32(this.resources.instructions()))
				.readBytes(uint32(this.resources.diskReadBytes()))
				.writeBytes(uint32(this.resources.writeBytes()))
				.build())
			.resourceFee(new Int64(resourceFee()))
			.build();
	}

	private static Uint32 uint32(long value) {
		return new Uint32(new XdrUnsignedInteger(value));
	}

}
