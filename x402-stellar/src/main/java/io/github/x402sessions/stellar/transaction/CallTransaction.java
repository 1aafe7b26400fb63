package io.github.x402sessions.stellar.transaction;

import org.jspecify.annotations.Nullable;
import org.stellar.sdk.Account;
import org.stellar.sdk.InvokeHostFunctionOperation;
import org.stellar.sdk.Network;
import org.stellar.sdk.TimeBounds;
import org.stellar.sdk.Transaction;
import org.stellar.sdk.TransactionBuilder;
import org.stellar.sdk.TransactionPreconditions;
import org.stellar.sdk.xdr.SorobanTransactionData;

/**
 * A transaction whose only operation calls a contract.
 *
 * @param call the operation
 * @param source the account that sends it
 * @param sequence the sequence number of that account's last transaction
 * @param maxTime the last close time of a ledger that may hold it, Unix seconds; 0 for no
 * limit
 * @param network the network that it is for
 */
public record CallTransaction(InvokeHostFunctionOperation call, String source, long sequence, long maxTime,
		Network network) {

	/** Build it to ask for the resources that it needs. */
	public Transaction unsimulated() {
		return with(null, Transaction.MIN_BASE_FEE);
	}

	/**
	 * Build it to sign it.
	 * @param resources the resources that it may use and their fee; absent for those that
	 * somebody else is to find out
	 * @param fee the most it may cost in all, stroops
	 */
	public Transaction with(@Nullable SorobanTransactionData resources, long fee) {
		TransactionBuilder builder = new TransactionBuilder(new Account(this.source, this.sequence), this.network)
			.addOperation(this.call)
			.addPreconditions(TransactionPreconditions.builder().timeBounds(new TimeBounds(0, this.maxTime)).build())
			.setBaseFee(fee);
		if (resources != null) {
			builder.setSorobanData(resources);
		}
		return builder.build();
	}

}
