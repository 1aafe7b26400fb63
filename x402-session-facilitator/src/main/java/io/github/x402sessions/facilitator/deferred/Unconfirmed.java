package io.github.x402sessions.facilitator.deferred;

import java.math.BigInteger;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * Payments of a payer that a balance or an allowance may not know of, base units.
 *
 * @param open what is set aside, committed or in motion
 * @param paid what was paid in the last ledgers, by ledger
 */
public record Unconfirmed(BigInteger open, NavigableMap<Long, BigInteger> paid) {

	static final Unconfirmed NONE = new Unconfirmed(BigInteger.ZERO, new TreeMap<>());

	/** Tell whether something was paid after a ledger. */
	boolean isPaidAfter(long ledger) {
		return !this.paid.tailMap(ledger, false).isEmpty();
	}

	/** Return what is not known of yet in a ledger. */
	BigInteger by(long ledger) {
		return this.paid.tailMap(ledger, false).values().stream().reduce(this.open, BigInteger::add);
	}

}
