package io.github.x402sessions.client;

import java.math.BigInteger;

/**
 * What sessions need of the allowance that they share. An approve replaces the one before
 * it, its amount and its end, so whoever makes one leaves the others that much.
 *
 * @param amount what they may still spend together, base units
 * @param lastLedger the last ledger of the longest; 0 if none can pay
 */
record Need(BigInteger amount, long lastLedger) {

	static final Need NOTHING = new Need(BigInteger.ZERO, 0);

	Need and(Need other) {
		return new Need(this.amount.add(other.amount), Math.max(this.lastLedger, other.lastLedger));
	}

	/** The same and one more session, whose end is not known yet. */
	Need and(BigInteger cap) {
		return new Need(this.amount.add(cap), this.lastLedger);
	}

}
