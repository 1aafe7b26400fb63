package io.github.x402sessions.devnet.transaction;

/**
 * The outer part of a fee bump: another account pays, and a higher fee.
 *
 * @param inner the transaction as its own source signed it
 * @param feeSource the account that pays
 * @param fee the most stroops that it pays
 */
public record FeeBumpFrame(TransactionFrame inner, String feeSource, long fee) {

	/** The bid for the place in the ledger, in stroops. */
	public long inclusionFee() {
		return this.fee - this.inner.resourceFee();
	}

	/** The bump counts as one more operation. */
	public int operations() {
		return this.inner.operations().size() + 1;
	}

	/** Whether it bids at least as much for an operation as the transaction itself. */
	public boolean isNotBelowInner() {
		long own = this.inner.fee() - this.inner.resourceFee();
		return Math.multiplyHigh(inclusionFee(), this.inner.operations().size()) > 0
				|| inclusionFee() * this.inner.operations().size() >= own * operations();
	}

}
