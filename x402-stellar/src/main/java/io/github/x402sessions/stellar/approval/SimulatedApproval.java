package io.github.x402sessions.stellar.approval;

import io.github.x402sessions.core.price.Network;
import io.github.x402sessions.stellar.rpc.ChainException;
import io.github.x402sessions.stellar.rpc.StellarRpc;
import io.github.x402sessions.stellar.transaction.CallTransaction;

/**
 * Makes an approval with the resources that a node finds out.
 */
public final class SimulatedApproval {

	private SimulatedApproval() {
	}

	/**
	 * Build the approval. Nothing is sent but a question to the node.
	 * @param rpc the node to simulate on
	 * @param terms what is allowed
	 * @param lastLedger the last ledger in which it can be spent
	 * @param sequence the sequence number of the user's last transaction
	 * @param maxTime the last close time of a ledger that may hold it, Unix seconds
	 * @param bid what to bid for its place in a ledger, stroops
	 * @param network the network to sign for
	 * @return the transaction to sign
	 * @throws ChainException if the node gives no usable answer, the call would fail, or
	 * the node proposes more than an approval needs
	 */
	public static UnsignedApproval of(StellarRpc rpc, ApprovalTerms terms, long lastLedger, long sequence, long maxTime,
			long bid, Network network) {
		CallTransaction transaction = terms.transaction(lastLedger, sequence, maxTime, network);
		ApprovalResources resources = ApprovalResources
			.of(rpc.simulate(transaction.unsimulated().toEnvelopeXdrBase64()), terms.asset());
		return new UnsignedApproval(transaction.with(resources.data(), bid + resources.fee()), lastLedger);
	}

}
