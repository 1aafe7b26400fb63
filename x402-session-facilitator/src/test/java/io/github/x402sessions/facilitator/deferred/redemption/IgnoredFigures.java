package io.github.x402sessions.facilitator.deferred.redemption;

import java.math.BigInteger;
import java.util.Collection;

/**
 * Figures that nobody looks at.
 */
final class IgnoredFigures implements RedemptionObserver {

	@Override
	public void open(Collection<OpenParties> open) {
		// nobody asks
	}

	@Override
	public void redeemed(int count) {
		// nobody asks
	}

	@Override
	public void defaulted(String asset, BigInteger amount) {
		// nobody asks
	}

	@Override
	public void writtenOff(String asset, BigInteger amount) {
		// nobody asks
	}

}
