package io.github.x402sessions.client;

import java.math.BigInteger;
import java.time.Duration;

import io.github.x402sessions.core.price.Asset;

/**
 * Checks settings that must be more than nothing.
 */
final class Positive {

	private Positive() {
	}

	static BigInteger units(Asset asset, String amount, String name) {
		BigInteger units;
		try {
			units = asset.toBaseUnits(amount);
		}
		catch (IllegalArgumentException ex) {
			throw new IllegalArgumentException(name + ": " + ex.getMessage(), ex);
		}
		if (units.signum() < 1 || units.bitLength() > 63) {
			throw new IllegalArgumentException(name + " must be greater than 0 and below 2^63 base units");
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
