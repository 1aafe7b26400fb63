package io.github.x402sessions.samples.agent.funds;

import java.math.BigInteger;

/**
 * Sums of what was paid since the start, by receipts. Thread-safe.
 */
final class Tally {

	private BigInteger paid = BigInteger.ZERO;

	private BigInteger perhaps = BigInteger.ZERO;

	synchronized void add(BigInteger amount) {
		this.paid = this.paid.add(amount);
	}

	synchronized void addPerhaps(BigInteger amount) {
		this.perhaps = this.perhaps.add(amount);
	}

	synchronized BigInteger paid() {
		return this.paid;
	}

	/** What may have been charged, and has no receipt. */
	synchronized BigInteger perhaps() {
		return this.perhaps;
	}

}
