package io.github.x402sessions.devnet.network;

import io.github.x402sessions.devnet.fault.plan.SurgePricing;
import io.github.x402sessions.devnet.ledger.ClosedLedger;
import io.github.x402sessions.devnet.transaction.TransactionFrame;

/**
 * The prices of a place in the next ledger and in the queue, in stroops for each
 * operation.
 *
 * @param clearingFee what is paid in the next ledger
 * @param queueFee what has to be bid to wait for one
 * @param crowded whether others fill the next ledger
 */
record FeeMarket(long clearingFee, long queueFee, boolean crowded) {

	static FeeMarket of(SurgePricing surge) {
		return new FeeMarket(Math.max(ClosedLedger.BASE_FEE, surge.clearingFee()),
				Math.max(ClosedLedger.BASE_FEE, surge.queueFee()), surge.ledgers() > 0);
	}

	/** Whether a transaction bids enough for the next ledger. */
	boolean clears(TransactionFrame transaction) {
		return transaction.highestFee() >= transaction.cost(this.clearingFee);
	}

	/** Whether a transaction bids enough to wait. */
	boolean queues(TransactionFrame transaction) {
		return transaction.highestFee() >= transaction.cost(this.queueFee);
	}

}
