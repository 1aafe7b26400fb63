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

	boolean cover(BigInteger amount) {
		return this.balance.compareTo(amount) >= 0 && this.allowance.compareTo(amount) >= 0;
	}

}
