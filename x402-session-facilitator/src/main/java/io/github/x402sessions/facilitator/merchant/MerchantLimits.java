package io.github.x402sessions.facilitator.merchant;

import java.math.BigInteger;

import io.github.x402sessions.core.protocol.BaseUnits;
import org.jspecify.annotations.Nullable;

/**
 * Limits of what a merchant may be paid, base units of each asset for itself. One that is
 * absent is none.
 *
 * @param perCall the most that one payment may be
 * @param perDay the most that may be paid, committed or held in a day (UTC, by the
 * store's time)
 * @param exposure the most that may be committed or held and not yet redeemed; beyond it
 * payments settle at once
 */
public record MerchantLimits(@Nullable BigInteger perCall, @Nullable BigInteger perDay, @Nullable BigInteger exposure) {

	/** No limits. */
	public static final MerchantLimits NONE = new MerchantLimits(null, null, null);

	/** The store keeps no more. */
	private static final BigInteger LARGEST = BigInteger.valueOf(Long.MAX_VALUE);

	/**
	 * Read a limit.
	 * @param given a number of base units, or 0 for none; absent where it stays as it is
	 * @param before the limit as it is
	 * @param name what it is called where it is given
	 * @return the limit
	 * @throws InvalidMerchantException if it is no such number
	 */
	static @Nullable BigInteger read(@Nullable String given, @Nullable BigInteger before, String name) {
		if (given == null) {
			return before;
		}
		BigInteger read = BaseUnits.read(given)
			.filter((amount) -> amount.compareTo(LARGEST) <= 0)
			.orElseThrow(() -> InvalidMerchantException
				.invalid("'" + name + "' must be a number of base units, or 0 for no limit"));
		return (read.signum() > 0) ? read : null;
	}

}
