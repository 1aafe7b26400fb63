package io.github.x402sessions.stellar.approval;

import io.github.x402sessions.stellar.rpc.RpcException;
import io.github.x402sessions.stellar.rpc.TransactionLookup;
import io.github.x402sessions.stellar.xdr.CallEnvelope;
import org.stellar.sdk.Network;
import org.stellar.sdk.xdr.InvokeContractArgs;

/**
 * Finds the approval in somebody else's transaction: its only operation, or that of the
 * one inside a fee bump. The envelope must have the hash that was asked for, so that a
 * node cannot show another one.
 */
final class ApprovalReader {

	private final Network network;

	ApprovalReader(Network network) {
		this.network = network;
	}

	/**
	 * Read the approval in a transaction that was applied.
	 * @return the approval, or what else the transaction is
	 * @throws RpcException if the transaction cannot be read, which says nothing about
	 * what it is
	 */
	ApprovalLookup read(String hash, TransactionLookup found) {
		CallEnvelope envelope = (found.envelope() != null) ? CallEnvelope.of(found.envelope()) : null;
		String inner = (envelope != null) ? envelope.innerHash(hash, this.network) : null;
		if (envelope == null || inner == null) {
			throw unreadable();
		}
		InvokeContractArgs call = envelope.call();
		if (call == null || !Approval.isCalledBy(call)) {
			return new ApprovalLookup.Other("the transaction is not a single call of approve");
		}
		try {
			return new ApprovalLookup.Found(Approval.read(inner, call, found.ledger()));
		}
		catch (RuntimeException ex) {
			throw unreadable();
		}
	}

	private static RpcException unreadable() {
		return new RpcException("the transaction, as the Stellar RPC shows it, cannot be read", null);
	}

}
