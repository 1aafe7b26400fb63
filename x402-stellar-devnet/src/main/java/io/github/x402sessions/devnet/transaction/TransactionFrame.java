package io.github.x402sessions.devnet.transaction;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;

import io.github.x402sessions.devnet.contract.Host;
import io.github.x402sessions.devnet.contract.authorization.Authorization;
import io.github.x402sessions.devnet.contract.authorization.CredentialsForm;
import io.github.x402sessions.devnet.contract.runtime.FootprintKeys;
import io.github.x402sessions.devnet.ledger.EntryKey;
import io.github.x402sessions.devnet.xdr.Strkeys;
import io.github.x402sessions.devnet.xdr.XdrCodec;
import io.github.x402sessions.devnet.xdr.XdrWriter;
import org.jspecify.annotations.Nullable;
import org.stellar.sdk.xdr.DecoratedSignature;
import org.stellar.sdk.xdr.EnvelopeType;
import org.stellar.sdk.xdr.FeeBumpTransaction;
import org.stellar.sdk.xdr.FeeBumpTransactionEnvelope;
import org.stellar.sdk.xdr.LedgerKey;
import org.stellar.sdk.xdr.MuxedAccount;
import org.stellar.sdk.xdr.Operation;
import org.stellar.sdk.xdr.OperationType;
import org.stellar.sdk.xdr.SorobanAuthorizationEntry;
import org.stellar.sdk.xdr.SorobanTransactionData;
import org.stellar.sdk.xdr.Transaction;
import org.stellar.sdk.xdr.TransactionEnvelope;
import org.stellar.sdk.xdr.TransactionV0Envelope;
import org.stellar.sdk.xdr.TransactionV1Envelope;

/**
 * A transaction as it was sent.
 *
 * @param envelope the envelope as base64 XDR
 * @param body what is to be done; of a fee bump the inner transaction
 * @param hash what the signatures sign
 * @param signatures the signatures
 * @param feeBump what a fee bump adds, or {@code null}
 * @param networkId the network for which it is signed
 * @param readable what the SDK read it from
 * @param archived places of the entries to be restored in its writable footprint
 * @param cache which of the signatures are good
 */
@SuppressWarnings("ArrayRecordComponent") // bytes are passed on, never compared
public record TransactionFrame(String envelope, Transaction body, byte[] hash, List<DecoratedSignature> signatures,
		@Nullable FeeBumpFrame feeBump, byte[] networkId, EnvelopeDowngrade.Decodable readable, List<Integer> archived,
		SignatureCache cache) {

	/**
	 * Reads an envelope.
	 * @throws io.github.x402sessions.devnet.xdr.XdrException if it is none that the
	 * protocol knows
	 */
	public static TransactionFrame parse(String base64, Host.Rules rules) {
		byte[] sent = XdrCodec.bytes(base64);
		EnvelopeDowngrade.Decodable readable = EnvelopeDowngrade.read(sent,
				rules.protocol() >= CredentialsForm.NEWER_SINCE);
		ArchivedEntryExtension extension = ArchivedEntryExtension.in(readable.xdr());
		TransactionEnvelope envelope = XdrCodec.decode(extension.readable(), TransactionEnvelope::fromXdrByteArray,
				TransactionEnvelope::toXdrByteArray);
		Reading reading = new Reading(sent, readable, extension, rules.networkId());
		return switch (envelope.getDiscriminant()) {
			case ENVELOPE_TYPE_TX_V0 ->
				legacy(base64, LegacyTransaction.upgrade(envelope.getV0().getTx()), envelope.getV0(), reading);
			case ENVELOPE_TYPE_TX -> reading.transaction(base64, envelope.getV1(), 0);
			case ENVELOPE_TYPE_TX_FEE_BUMP -> bumped(base64, envelope.getFeeBump(), reading);
			default -> throw new IllegalStateException("the envelope was decoded as a transaction");
		};
	}

	private static TransactionFrame legacy(String base64, Transaction body, TransactionV0Envelope envelope,
			Reading reading) {
		byte[] hash = reading.hash(EnvelopeType.ENVELOPE_TYPE_TX, XdrCodec.bytes(body::toXdrByteArray));
		return new TransactionFrame(base64, body, hash, List.of(envelope.getSignatures()), null, reading.networkId(),
				reading.readable(), reading.extension().archived(), new SignatureCache());
	}

	private static TransactionFrame bumped(String base64, FeeBumpTransactionEnvelope envelope, Reading reading) {
		FeeBumpTransaction outer = envelope.getTx();
		int start = Integer.BYTES + XdrCodec.bytes(outer.getFeeSource()::toXdrByteArray).length + Long.BYTES;
		TransactionV1Envelope own = outer.getInnerTx().getV1();
		int length = Integer.BYTES + reading.length(own::toXdrByteArray);
		TransactionFrame inner = reading.transaction(XdrCodec.base64(reading.sent(start, length)), own, start);
		FeeBumpFrame bump = new FeeBumpFrame(inner, Strkeys.of(outer.getFeeSource()), outer.getFee().getInt64());
		byte[] hash = reading.hash(EnvelopeType.ENVELOPE_TYPE_TX_FEE_BUMP,
				reading.sent(Integer.BYTES, reading.length(outer::toXdrByteArray)));
		return new TransactionFrame(base64, inner.body(), hash, List.of(envelope.getSignatures()), bump,
				reading.networkId(), reading.readable(), reading.extension().archived(), new SignatureCache());
	}

	/**
	 * The source of an envelope. Hashes are of the bytes as they were sent, which the SDK
	 * may not be able to write again.
	 *
	 * @param sent the bytes of the envelope
	 * @param readable what the SDK reads instead, but for the resources
	 * @param extension what the SDK cannot read of its resources
	 * @param networkId the network for which it is signed
	 */
	private record Reading(byte[] sent, EnvelopeDowngrade.Decodable readable, ArchivedEntryExtension extension,
			byte[] networkId) {

		/** A transaction whose envelope begins at an offset. */
		TransactionFrame transaction(String base64, TransactionV1Envelope envelope, int start) {
			Transaction body = envelope.getTx();
			byte[] hash = hash(EnvelopeType.ENVELOPE_TYPE_TX,
					sent(start + Integer.BYTES, length(body::toXdrByteArray)));
			return new TransactionFrame(base64, body, hash, List.of(envelope.getSignatures()), null, this.networkId,
					this.readable, this.extension.archived(), new SignatureCache());
		}

		/**
		 * The bytes that a part with the operation and the resources has as it was sent.
		 */
		int length(XdrCodec.Encoder part) {
			return XdrCodec.bytes(part).length + this.sent.length - this.extension.readable().length;
		}

		byte[] sent(int start, int length) {
			return Arrays.copyOfRange(this.sent, start, start + length);
		}

		byte[] hash(EnvelopeType type, byte[] transaction) {
			return XdrCodec
				.sha256(new XdrWriter().raw(this.networkId).int32(type.getValue()).raw(transaction).toBytes());
		}

	}

	/** The consent that the one operation carries which calls a contract. */
	public List<Authorization> authorizations() {
		SorobanAuthorizationEntry[] entries = operations().get(0).getBody().getInvokeHostFunctionOp().getAuth();
		return IntStream.range(0, entries.length)
			.mapToObj((i) -> authorization(entries[i], this.readable.credentials(i)))
			.toList();
	}

	private static Authorization authorization(SorobanAuthorizationEntry entry, EnvelopeDowngrade.Credentials given) {
		return new Authorization(entry, given.form(), given.delegates());
	}

	public String hashHex() {
		return HexFormat.of().formatHex(this.hash);
	}

	public String source() {
		return Strkeys.of(this.body.getSourceAccount());
	}

	/** The most stroops it pays itself. */
	public long fee() {
		return this.body.getFee().getUint32().getNumber();
	}

	/** The account that pays the fee. */
	public String feeSource() {
		return (this.feeBump != null) ? this.feeBump.feeSource() : source();
	}

	/** The most stroops that are paid for it. */
	public long highestFee() {
		return (this.feeBump != null) ? this.feeBump.fee() : fee();
	}

	/** The bid for the place in the ledger, in stroops. */
	public long inclusionFee() {
		return highestFee() - resourceFee();
	}

	/** For how many operations a place is paid. */
	public int places() {
		return (this.feeBump != null) ? this.feeBump.operations() : operations().size();
	}

	/**
	 * The cost with all resources, in stroops.
	 * @param fee stroops for the place of each operation; a fee bump is one more
	 */
	public long cost(long fee) {
		return fee * places() + resourceFee();
	}

	/** The transaction as its own source signed it. */
	public TransactionFrame inner() {
		return (this.feeBump != null) ? this.feeBump.inner() : this;
	}

	public long sequence() {
		return this.body.getSeqNum().getSequenceNumber().getInt64();
	}

	public List<Operation> operations() {
		return List.of(this.body.getOperations());
	}

	/** The account in whose name an operation acts. */
	public String sourceOf(Operation operation) {
		MuxedAccount own = operation.getSourceAccount();
		return (own != null) ? Strkeys.of(own) : source();
	}

	public boolean muxed() {
		return Strkeys.isMuxed(this.body.getSourceAccount()) || operations().stream()
			.anyMatch((operation) -> operation.getSourceAccount() != null
					&& Strkeys.isMuxed(operation.getSourceAccount()));
	}

	/** Whether it calls contracts. */
	public boolean soroban() {
		return operations().stream().anyMatch((operation) -> isSoroban(operation.getBody().getDiscriminant()));
	}

	private static boolean isSoroban(OperationType type) {
		return type == OperationType.INVOKE_HOST_FUNCTION || type == OperationType.EXTEND_FOOTPRINT_TTL
				|| type == OperationType.RESTORE_FOOTPRINT;
	}

	/** The resources it declares, if any. */
	public @Nullable SorobanTransactionData sorobanData() {
		return this.body.getExt().getSorobanData();
	}

	/** Stroops for resources within the fee. */
	public long resourceFee() {
		SorobanTransactionData data = sorobanData();
		return (data != null) ? data.getResourceFee().getInt64() : 0;
	}

	/** The declared footprint, if it calls contracts. */
	public @Nullable FootprintKeys footprint() {
		SorobanTransactionData data = sorobanData();
		return (data != null) ? FootprintKeys.of(data.getResources().getFootprint()) : null;
	}

	/** The entries in its writable footprint that it says are archived. */
	public List<EntryKey> archivedKeys() {
		LedgerKey[] keys = Objects.requireNonNull(sorobanData()).getResources().getFootprint().getReadWrite();
		return this.archived.stream().map((place) -> EntryKey.of(keys[place])).toList();
	}

	/** Bytes of the envelope. */
	public int size() {
		return this.envelope.length() / 4 * 3 - (int) this.envelope.chars().filter((c) -> c == '=').count();
	}

}
