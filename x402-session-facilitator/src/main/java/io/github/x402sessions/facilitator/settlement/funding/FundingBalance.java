package io.github.x402sessions.facilitator.settlement.funding;

import java.math.BigInteger;

/**
 * The balance of an account, base units.
 *
 * @param cap the most that is ever paid from it
 * @param spent what has been paid
 * @param reserved what is being paid
 */
public record FundingBalance(BigInteger cap, BigInteger spent, BigInteger reserved) {

	/** Return what can still be paid. */
	public BigInteger remaining() {
		return this.cap.subtract(this.spent).subtract(this.reserved);
	}

	/**
	 * Return the balance after one more payment.
	 * @param amount what was paid
	 */
	public FundingBalance paid(BigInteger amount) {
		return new FundingBalance(this.cap, this.spent.add(amount), this.reserved);
	}

}
