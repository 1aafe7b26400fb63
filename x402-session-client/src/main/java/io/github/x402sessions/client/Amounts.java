package io.github.x402sessions.client;

import java.math.BigInteger;
import java.time.Duration;

import io.github.x402sessions.core.price.Asset;

/**
 * Checks amounts and times that must be more than nothing.
 */
final class Amounts {

	/** The most that an allowance can be, base units. */
	private static final BigInteger MAX = BigInteger.valueOf(Long.MAX_VALUE);

	private Amounts() {
	}

	static BigInteger units(Asset asset, String amount, String name) {
		BigInteger units;
		try {
			units = asset.toBaseUnits(amount);
		}
		catch (IllegalArgumentException ex) {
			throw new IllegalArgumentException(name + ": " + ex.getMessage(), ex);
		}
		if (units.signum() < 1 || units.compareTo(MAX) > 0) {
			throw new IllegalArgumentException(name + " must be greater than 0 and at most " + asset.describe(MAX));
		}
		return units;
	}

	static Duration duration(Duration value, String name) {
		if (value.isZero() || value.isNegative()) {
			throw new IllegalArgumentException(name + " must be positive");
		}
		return value;
	}

}
