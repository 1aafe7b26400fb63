package io.github.x402sessions.stellar.approval;

import java.util.Locale;

import io.github.x402sessions.stellar.rpc.RpcException;
import io.github.x402sessions.stellar.rpc.StellarRpc;
import io.github.x402sessions.stellar.rpc.TransactionLookup;
import org.stellar.sdk.Network;

/**
 * The approvals that the chain has applied. Thread-safe.
 */
public final class Approvals {

	private final StellarRpc rpc;

	private final ApprovalReader reader;

	/**
	 * Create the approvals.
	 * @param rpc the node to ask
	 * @param passphrase the network's passphrase, which every hash covers
	 */
	public Approvals(StellarRpc rpc, String passphrase) {
		this.rpc = rpc;
		this.reader = new ApprovalReader(new Network(passphrase));
	}

	/**
	 * Look an approval up.
	 * @param hash the hash of its transaction, 64 hex digits
	 * @return what became of it
	 * @throws RpcException if the node does not say, or shows what we cannot read
	 */
	public ApprovalLookup find(String hash) {
		String lowerCase = hash.toLowerCase(Locale.ROOT);
		TransactionLookup found = this.rpc.transaction(lowerCase);
		return switch (found.status()) {
			case NOT_FOUND -> new ApprovalLookup.NotFound();
			case FAILED -> new ApprovalLookup.Other("the transaction failed on the chain");
			case SUCCESS -> read(lowerCase, found);
		};
	}

	/**
	 * Read a transaction that a ledger holds, whether it did what it says or failed.
	 * @param hash its hash, 64 hex digits in lower case
	 * @param found what a node knows about it
	 * @return the approval in it, or what else it is
	 * @throws RpcException if the node shows what we cannot read
	 */
	public ApprovalLookup read(String hash, TransactionLookup found) {
		return this.reader.read(hash, found);
	}

}
