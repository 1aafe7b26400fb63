package io.github.x402sessions.stellar.approval;

import java.util.List;

import io.github.x402sessions.core.protocol.MalformedMessageException;
import io.github.x402sessions.stellar.transfer.Footprint;
import io.github.x402sessions.stellar.xdr.ContractCall;
import io.github.x402sessions.stellar.xdr.Envelopes;
import io.github.x402sessions.stellar.xdr.Xdr;
import org.jspecify.annotations.Nullable;
import org.stellar.sdk.InvokeHostFunctionOperation;
import org.stellar.sdk.MemoNone;
import org.stellar.sdk.Network;
import org.stellar.sdk.Transaction;
import org.stellar.sdk.xdr.HostFunction;
import org.stellar.sdk.xdr.HostFunctionType;
import org.stellar.sdk.xdr.SorobanTransactionData;

/**
 * Reads a payer's signed approval. It has to be exactly that: one call of {@code approve}
 * by the transaction's own source, authorised by that source and for nothing else, so
 * that sending it, or paying its fee, can have no other effect.
 */
final class ReceivedApprovalReader {

	private final Network network;

	ReceivedApprovalReader(Network network) {
		this.network = network;
	}

	/**
	 * Read the envelope.
	 * @throws MalformedMessageException if it is anything else
	 */
	ReceivedApproval read(String envelope) {
		Transaction transaction = require(Xdr.read(envelope, this::plain),
				"cannot be read: it is no envelope, is a fee bump, or has parts that are newer than this facilitator; "
						+ "send it yourself then, and register it by its hash, 'approvalTxHash'");
		InvokeHostFunctionOperation call = require(call(transaction), "is not a single call of a contract");
		require(transaction.getMemo() instanceof MemoNone, "has a memo");
		Approval approval = require(Xdr.read(envelope, (unused) -> approval(transaction, call)),
				"is not a call of approve");
		String source = transaction.getSourceAccount();
		require(approval.from().equals(source)
				&& (call.getSourceAccount() == null || source.equals(call.getSourceAccount())),
				"is not an approve by its own source account");
		require(isAuthorisedBySourceAlone(call), "authorises something else than its approve");
		require(touchesTheAllowanceAlone(transaction.getSorobanData(), approval),
				"touches other ledger entries than its allowance");
		require(!transaction.getSignatures().isEmpty(), "is not signed");
		return new ReceivedApproval(transaction, approval);
	}

	private @Nullable Transaction plain(String envelope) {
		return (Envelopes.read(envelope, this.network.getNetworkPassphrase()) instanceof Transaction transaction)
				? transaction : null;
	}

	private static @Nullable InvokeHostFunctionOperation call(Transaction transaction) {
		return (transaction.getOperations().length == 1
				&& transaction.getOperations()[0] instanceof InvokeHostFunctionOperation call) ? call : null;
	}

	private static @Nullable Approval approval(Transaction transaction, InvokeHostFunctionOperation call) {
		HostFunction function = call.getHostFunction();
		return (function.getDiscriminant() != HostFunctionType.HOST_FUNCTION_TYPE_INVOKE_CONTRACT) ? null
				: Approval.read(transaction.hashHex(), function.getInvokeContract(), 0);
	}

	private static boolean isAuthorisedBySourceAlone(InvokeHostFunctionOperation call) {
		return List.of(ContractCall.authorisation(call.getHostFunction().getInvokeContract())).equals(call.getAuth());
	}

	private static boolean touchesTheAllowanceAlone(@Nullable SorobanTransactionData data, Approval approval) {
		return data != null && Footprint.ofApprove(approval.asset(), approval.from(), approval.spender())
			.covers(data.getResources());
	}

	private static <T> T require(@Nullable T value, String problem) {
		if (value == null) {
			throw malformed(problem);
		}
		return value;
	}

	private static void require(boolean condition, String problem) {
		if (!condition) {
			throw malformed(problem);
		}
	}

	private static MalformedMessageException malformed(String problem) {
		return new MalformedMessageException("'transaction' " + problem);
	}

}
