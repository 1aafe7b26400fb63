package io.github.x402sessions.facilitator.deferred.redemption;

import java.math.BigInteger;
import java.util.Collection;

/**
 * Hears what becomes of commitments. Implementations are thread-safe and do not fail.
 */
public interface RedemptionObserver {

	/**
	 * What is open was read.
	 * @param open what is open
	 */
	void open(Collection<OpenParties> open);

	/**
	 * A transaction has paid commitments.
	 * @param count how many
	 */
	void redeemed(int count);

	/**
	 * A payer could not pay.
	 * @param asset the asset's contract
	 * @param amount how much, base units
	 */
	void defaulted(String asset, BigInteger amount);

	/**
	 * What a payer could not pay was given up.
	 * @param asset the asset's contract
	 * @param amount how much, base units
	 */
	void writtenOff(String asset, BigInteger amount);

}
