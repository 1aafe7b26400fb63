package io.github.x402sessions.devnet.transaction;

import java.util.HexFormat;
import java.util.List;

import io.github.x402sessions.devnet.contract.Footprint;
import io.github.x402sessions.devnet.xdr.Strkeys;
import io.github.x402sessions.devnet.xdr.Xdr;
import io.github.x402sessions.devnet.xdr.XdrSink;
import org.jspecify.annotations.Nullable;
import org.stellar.sdk.xdr.DecoratedSignature;
import org.stellar.sdk.xdr.EnvelopeType;
import org.stellar.sdk.xdr.FeeBumpTransaction;
import org.stellar.sdk.xdr.FeeBumpTransactionEnvelope;
import org.stellar.sdk.xdr.MuxedAccount;
import org.stellar.sdk.xdr.Operation;
import org.stellar.sdk.xdr.OperationType;
import org.stellar.sdk.xdr.SorobanTransactionData;
import org.stellar.sdk.xdr.Transaction;
import org.stellar.sdk.xdr.TransactionEnvelope;

/**
 * A transaction as somebody sent it.
 *
 * @param envelope the envelope as base64 XDR
 * @param body what is to be done; of a fee bump the inner transaction
 * @param hash what the signatures sign
 * @param signatures the signatures
 * @param feeBump what a fee bump adds, or {@code null}
 * @param networkId the network for which it is signed
 */
@SuppressWarnings("ArrayRecordComponent") // bytes are passed on, never compared
public record SignedTransaction(String envelope, Transaction body, byte[] hash, List<DecoratedSignature> signatures,
		@Nullable FeeBump feeBump, byte[] networkId) {

	/**
	 * Reads an envelope.
	 * @throws io.github.x402sessions.devnet.xdr.XdrException if it is none
	 */
	public static SignedTransaction parse(String base64, byte[] networkId) {
		TransactionEnvelope envelope = Xdr.decode(base64, TransactionEnvelope::fromXdrByteArray,
				TransactionEnvelope::toXdrByteArray);
		return switch (envelope.getDiscriminant()) {
			case ENVELOPE_TYPE_TX_V0 -> of(base64, LegacyTransaction.upgrade(envelope.getV0().getTx()),
					envelope.getV0().getSignatures(), networkId);
			case ENVELOPE_TYPE_TX -> of(base64, envelope.getV1().getTx(), envelope.getV1().getSignatures(), networkId);
			case ENVELOPE_TYPE_TX_FEE_BUMP -> bumped(base64, envelope.getFeeBump(), networkId);
			default -> throw new IllegalStateException("the envelope was decoded as a transaction");
		};
	}

	private static SignedTransaction bumped(String base64, FeeBumpTransactionEnvelope envelope, byte[] networkId) {
		FeeBumpTransaction outer = envelope.getTx();
		TransactionEnvelope own = new TransactionEnvelope();
		own.setDiscriminant(EnvelopeType.ENVELOPE_TYPE_TX);
		own.setV1(outer.getInnerTx().getV1());
		SignedTransaction inner = of(Xdr.base64(Xdr.bytes(own::toXdrByteArray)), own.getV1().getTx(),
				own.getV1().getSignatures(), networkId);
		FeeBump bump = new FeeBump(inner, Strkeys.of(outer.getFeeSource()), outer.getFee().getInt64());
		return new SignedTransaction(base64, inner.body(),
				hash(EnvelopeType.ENVELOPE_TYPE_TX_FEE_BUMP, Xdr.bytes(outer::toXdrByteArray), networkId),
				List.of(envelope.getSignatures()), bump, networkId);
	}

	private static SignedTransaction of(String base64, Transaction body, DecoratedSignature[] signatures,
			byte[] networkId) {
		return new SignedTransaction(base64, body,
				hash(EnvelopeType.ENVELOPE_TYPE_TX, Xdr.bytes(body::toXdrByteArray), networkId), List.of(signatures),
				null, networkId);
	}

	private static byte[] hash(EnvelopeType type, byte[] transaction, byte[] networkId) {
		return Xdr.sha256(new XdrSink().raw(networkId).int32(type.getValue()).raw(transaction).toBytes());
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

	/** Who pays the fee. */
	public String feeSource() {
		return (this.feeBump != null) ? this.feeBump.feeSource() : source();
	}

	/** The most stroops that are paid for it. */
	public long highestFee() {
		return (this.feeBump != null) ? this.feeBump.fee() : fee();
	}

	/** What is bid for the place in the ledger. */
	public long inclusionFee() {
		return highestFee() - resourceFee();
	}

	/** The transaction as its own source signed it. */
	public SignedTransaction inner() {
		return (this.feeBump != null) ? this.feeBump.inner() : this;
	}

	/** For how many operations a place is paid. */
	int chargedOperations() {
		return (this.feeBump != null) ? this.feeBump.operations() : operations().size();
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

	boolean muxed() {
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
	long resourceFee() {
		SorobanTransactionData data = sorobanData();
		return (data != null) ? data.getResourceFee().getInt64() : 0;
	}

	/** What it declares to touch, if it calls contracts. */
	public @Nullable Footprint footprint() {
		SorobanTransactionData data = sorobanData();
		return (data != null) ? Footprint.of(data.getResources().getFootprint()) : null;
	}

	/** Bytes of the envelope. */
	int size() {
		return this.envelope.length() / 4 * 3 - (int) this.envelope.chars().filter((c) -> c == '=').count();
	}

}
