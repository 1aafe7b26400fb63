package io.github.x402sessions.devnet.transaction.application;

import java.util.ArrayList;
import java.util.List;

import io.github.x402sessions.devnet.contract.HostOutcome;
import io.github.x402sessions.devnet.ledger.EntryChange;
import io.github.x402sessions.devnet.ledger.StoredEntry;
import io.github.x402sessions.devnet.transaction.soroban.InvokeHostFunction;
import io.github.x402sessions.devnet.xdr.MuxedAddress;
import io.github.x402sessions.devnet.xdr.XdrCodec;
import io.github.x402sessions.devnet.xdr.XdrWriter;
import org.jspecify.annotations.Nullable;
import org.stellar.sdk.xdr.ContractEvent;
import org.stellar.sdk.xdr.DiagnosticEvent;

/**
 * The changes of a transaction, in the protocol's {@code TransactionMeta} version 4. It
 * is encoded by hand, because the SDK loses this version silently.
 *
 * @param before the changes before the operations: the source's sequence number
 * @param operations the changes of each operation; none if the transaction failed
 * @param call the contract call, if it was one
 * @param events the fee events
 */
record TransactionMeta(List<EntryChange> before, List<List<EntryChange>> operations,
		InvokeHostFunction.@Nullable Outcome call, List<byte[]> events) {

	private static final int VERSION = 4;

	private static final int CREATED = 0;

	private static final int UPDATED = 1;

	private static final int REMOVED = 2;

	private static final int STATE = 3;

	private static final int RESTORED = 4;

	byte[] toBytes() {
		List<byte[]> encodedOperations = new ArrayList<>();
		for (List<EntryChange> changes : this.operations) {
			encodedOperations.add(new XdrWriter().int32(0).array(encode(changes)).array(contractEvents()).toBytes());
		}
		return new XdrWriter().int32(VERSION)
			.int32(0)
			.array(encode(this.before))
			.array(encodedOperations)
			.int32(0)
			.optional(sorobanMeta())
			.array(this.events)
			.array(diagnostics())
			.toBytes();
	}

	List<byte[]> contractEvents() {
		List<byte[]> encoded = new ArrayList<>();
		if (returned() != null) {
			for (ContractEvent event : returned().events()) {
				encoded.add(XdrCodec.bytes(event::toXdrByteArray));
			}
		}
		return encoded;
	}

	List<byte[]> diagnostics() {
		List<byte[]> encoded = new ArrayList<>();
		if (this.call != null && this.call.host() != null) {
			for (DiagnosticEvent event : this.call.host().diagnostics()) {
				encoded.add(MuxedAddress.toWire(XdrCodec.bytes(event::toXdrByteArray)));
			}
		}
		return encoded;
	}

	private byte @Nullable [] sorobanMeta() {
		if (this.call == null) {
			return null;
		}
		InvokeHostFunction.Fees fees = this.call.fees();
		HostOutcome.Returned returned = returned();
		return new XdrWriter().int32(1)
			.int32(0)
			.int64(fees.nonRefundable())
			.int64(fees.refundable())
			.int64(fees.rent())
			.optional((returned != null) ? XdrCodec.bytes(returned.value()::toXdrByteArray) : null)
			.toBytes();
	}

	private HostOutcome.@Nullable Returned returned() {
		return (this.call != null && this.call.result().successful()
				&& this.call.host() instanceof HostOutcome.Returned returned) ? returned : null;
	}

	private static List<byte[]> encode(List<EntryChange> changes) {
		List<byte[]> encoded = new ArrayList<>();
		for (EntryChange change : changes) {
			StoredEntry before = change.before();
			StoredEntry after = change.after();
			if (!change.touchesData()) {
				continue;
			}
			if (before != null && after != null && change.restores()) {
				encoded.add(change(RESTORED, before.restoredAt(after.lastModified()).toXdrBytes()));
				if (before.entry().equals(after.entry())) {
					continue;
				}
			}
			else if (before != null) {
				encoded.add(change(STATE, before.toXdrBytes()));
			}
			encoded.add((after == null) ? change(REMOVED, XdrCodec.bytes(change.key().toXdr()::toXdrByteArray))
					: change((before != null) ? UPDATED : CREATED, after.toXdrBytes()));
		}
		return encoded;
	}

	private static byte[] change(int type, byte[] content) {
		return new XdrWriter().int32(type).raw(content).toBytes();
	}

}
