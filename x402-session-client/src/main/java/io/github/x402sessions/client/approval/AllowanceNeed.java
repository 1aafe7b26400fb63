package io.github.x402sessions.client.approval;

import java.math.BigInteger;

/**
 * The part of a shared allowance that sessions still need. An approval replaces the one
 * before it, its amount and its end, so whoever makes one leaves the others that much.
 *
 * @param amount what they may still spend together, base units
 * @param lastLedger the last ledger of the longest; 0 if none can pay
 */
public record AllowanceNeed(BigInteger amount, long lastLedger) {

	/** Nothing at all. */
	public static final AllowanceNeed NOTHING = new AllowanceNeed(BigInteger.ZERO, 0);

	/**
	 * Add what others need.
	 * @param other what they need
	 * @return both together
	 */
	public AllowanceNeed and(AllowanceNeed other) {
		return new AllowanceNeed(this.amount.add(other.amount), Math.max(this.lastLedger, other.lastLedger));
	}

	/**
	 * Add one more session, whose end is not known yet.
	 * @param cap what it may spend, base units
	 * @return all together
	 */
	public AllowanceNeed and(BigInteger cap) {
		return new AllowanceNeed(this.amount.add(cap), this.lastLedger);
	}

}
