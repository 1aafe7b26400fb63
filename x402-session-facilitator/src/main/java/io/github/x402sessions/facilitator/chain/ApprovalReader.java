package io.github.x402sessions.facilitator.chain;

import io.github.x402sessions.facilitator.rpc.TransactionLookup;
import org.jspecify.annotations.Nullable;
import org.stellar.sdk.AbstractTransaction;
import org.stellar.sdk.FeeBumpTransaction;
import org.stellar.sdk.InvokeHostFunctionOperation;
import org.stellar.sdk.Network;
import org.stellar.sdk.Operation;
import org.stellar.sdk.Transaction;
import org.stellar.sdk.xdr.HostFunction;
import org.stellar.sdk.xdr.HostFunctionType;

/**
 * Finds the approve in somebody else's transaction: its only operation, or that of the
 * one inside a fee bump. The envelope must have the hash that was asked for, so that a
 * node cannot show another one.
 */
final class ApprovalReader {

	private final Network network;

	ApprovalReader(Network network) {
		this.network = network;
	}

	/** Return the approve, or {@code null} if the transaction is anything else. */
	@Nullable Approval read(String hash, TransactionLookup found) {
		String envelope = found.envelope();
		return (envelope == null) ? null : Xdr.read(envelope, (base64) -> {
			AbstractTransaction outer = AbstractTransaction.fromEnvelopeXdr(base64, this.network);
			Transaction inner = (outer instanceof FeeBumpTransaction bump) ? bump.getInnerTransaction()
					: (Transaction) outer;
			if (!hash.equals(outer.hashHex()) && !hash.equals(inner.hashHex())) {
				return null;
			}
			return read(inner, found);
		});
	}

	private static @Nullable Approval read(Transaction transaction, TransactionLookup found) {
		Operation[] operations = transaction.getOperations();
		if (operations.length != 1 || !(operations[0] instanceof InvokeHostFunctionOperation operation)) {
			return null;
		}
		HostFunction function = operation.getHostFunction();
		if (function.getDiscriminant() != HostFunctionType.HOST_FUNCTION_TYPE_INVOKE_CONTRACT) {
			return null;
		}
		return Approval.read(transaction.hashHex(), function.getInvokeContract(), found.ledger());
	}

}
