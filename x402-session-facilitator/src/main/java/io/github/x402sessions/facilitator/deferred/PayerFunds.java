package io.github.x402sessions.facilitator.deferred;

import java.math.BigInteger;

/**
 * Means of a payer, as a ledger said them.
 *
 * @param ledger the ledger
 * @param balance what the payer holds and may move, base units
 * @param allowance what the payer lets us take in the next ledger, base units
 */
public record PayerFunds(long ledger, BigInteger balance, BigInteger allowance) {

	boolean cover(BigInteger ofBalance, BigInteger ofAllowance) {
		return this.balance.compareTo(ofBalance) >= 0 && this.allowance.compareTo(ofAllowance) >= 0;
	}

	/** Return what can be paid at most. */
	public BigInteger payable() {
		return this.balance.min(this.allowance).max(BigInteger.ZERO);
	}

	/**
	 * Return the funds without what others need.
	 * @param ofAllowance what other payments need of the allowance, base units
	 * @param ofBalance what they need of the balance, base units
	 */
	public PayerFunds without(BigInteger ofAllowance, BigInteger ofBalance) {
		return new PayerFunds(this.ledger, this.balance.subtract(ofBalance), this.allowance.subtract(ofAllowance));
	}

}
