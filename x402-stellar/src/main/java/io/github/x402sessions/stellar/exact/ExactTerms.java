package io.github.x402sessions.stellar.exact;

import java.math.BigInteger;

/**
 * The terms of a payment: the transfer that a payer has to make, exactly.
 *
 * @param asset the asset's contract
 * @param payTo who receives it: an account, a contract, or a shared account ({@code M…})
 * @param amount how much, base units, 1 to 2^63 - 1
 * @param maxTimeoutSeconds how long it may take, seconds, positive; what is signed may
 * not last longer
 */
public record ExactTerms(String asset, String payTo, BigInteger amount, long maxTimeoutSeconds) {

	/** Check the numbers. */
	public ExactTerms {
		if (amount.signum() <= 0 || amount.bitLength() >= Long.SIZE) {
			throw new IllegalArgumentException("'amount' must be 1 to 2^63 - 1");
		}
		if (maxTimeoutSeconds <= 0) {
			throw new IllegalArgumentException("'maxTimeoutSeconds' must be positive");
		}
	}

}
