package io.github.x402sessions.stellar.approval;

import org.stellar.sdk.Transaction;

/**
 * An approval that its payer has signed, before it is sent.
 */
public final class ReceivedApproval {

	private final Transaction transaction;

	private final Approval approval;

	ReceivedApproval(Transaction transaction, Approval approval) {
		this.transaction = transaction;
		this.approval = approval;
	}

	/**
	 * Return what it says.
	 * @return the approval, under the hash of the payer's own transaction; in ledger 0,
	 * because it is in none
	 */
	public Approval approval() {
		return this.approval;
	}

	/**
	 * Return the sequence number that it uses.
	 * @return the number
	 */
	public long sequence() {
		return this.transaction.getSequenceNumber();
	}

	Transaction transaction() {
		return this.transaction;
	}

}
