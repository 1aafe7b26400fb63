package io.github.x402sessions.stellar.fee;

import org.stellar.sdk.AccountConverter;
import org.stellar.sdk.FeeBumpTransaction;
import org.stellar.sdk.Network;
import org.stellar.sdk.Transaction;
import org.stellar.sdk.xdr.EnvelopeType;
import org.stellar.sdk.xdr.FeeBumpTransactionEnvelope;
import org.stellar.sdk.xdr.Int64;

/**
 * Wraps a signed transaction in one that pays its fee (CAP-15). The same transaction
 * always gets the same envelope, so that sending it twice is sending it once.
 */
public final class FeeBump {

	private static final long OPERATIONS_CHARGED = 2;

	private static final int NO_EXTENSION = 0;

	private FeeBump() {
	}

	/**
	 * Return what the bump may cost at most, stroops; the largest number there is where
	 * the inner transaction declares what does not add up.
	 */
	public static long fee(Transaction inner) {
		long resources = inner.getSorobanData().getResourceFee().getInt64();
		if (resources < 0) {
			return Long.MAX_VALUE;
		}
		long inclusion = Math.max(inner.getFee() - resources, Transaction.MIN_BASE_FEE);
		return (inclusion > (Long.MAX_VALUE - resources) / OPERATIONS_CHARGED) ? Long.MAX_VALUE
				: resources + OPERATIONS_CHARGED * inclusion;
	}

	public static FeeBumpTransaction of(Transaction inner, String feeSource, Network network) {
		org.stellar.sdk.xdr.FeeBumpTransaction.FeeBumpTransactionInnerTx innerTx = new org.stellar.sdk.xdr.FeeBumpTransaction.FeeBumpTransactionInnerTx();
		innerTx.setDiscriminant(EnvelopeType.ENVELOPE_TYPE_TX);
		innerTx.setV1(inner.toEnvelopeXdr().getV1());
		org.stellar.sdk.xdr.FeeBumpTransaction.FeeBumpTransactionExt ext = new org.stellar.sdk.xdr.FeeBumpTransaction.FeeBumpTransactionExt();
		ext.setDiscriminant(NO_EXTENSION);
		org.stellar.sdk.xdr.FeeBumpTransaction transaction = new org.stellar.sdk.xdr.FeeBumpTransaction();
		transaction.setFeeSource(AccountConverter.enableMuxed().encode(feeSource));
		transaction.setFee(new Int64(fee(inner)));
		transaction.setInnerTx(innerTx);
		transaction.setExt(ext);
		FeeBumpTransactionEnvelope envelope = new FeeBumpTransactionEnvelope();
		envelope.setTx(transaction);
		envelope.setSignatures(new org.stellar.sdk.xdr.DecoratedSignature[0]);
		return FeeBumpTransaction.fromFeeBumpTransactionEnvelope(envelope, network);
	}

}
