package io.github.x402sessions.facilitator.scheme.exact;

import java.util.Optional;

import io.github.x402sessions.facilitator.limit.LimitUses;
import io.github.x402sessions.facilitator.limit.PeriodLimit;
import io.github.x402sessions.facilitator.limit.SharedLimit;

/**
 * The fees that are paid for payers: so much for each in a day, counted by what is bid,
 * and nothing for those whose payments have failed too often. All nodes count together.
 * Thread-safe.
 */
final class SponsoredFees {

	private final long perPayment;

	private final SharedLimit fees;

	private final SharedLimit failures;

	/**
	 * Create the fees.
	 * @param perPayment the most that is bid for one payment, stroops, positive
	 * @param perDay the most that is bid for one payer in a day, stroops, at least that
	 * @param failuresPerHour how many payments of one payer may fail in an hour, positive
	 * @param uses where both are counted
	 */
	SponsoredFees(long perPayment, long perDay, long failuresPerHour, LimitUses uses) {
		this.perPayment = perPayment;
		this.fees = new SharedLimit(PeriodLimit.perDay("exact-fees", perDay), uses);
		this.failures = new SharedLimit(PeriodLimit.perHour("exact-failures", failuresPerHour), uses);
	}

	/** Tell whether one more payment of a payer would be paid for. */
	boolean allows(String payer) {
		return mayTry(payer) && this.fees.allows(payer, this.perPayment);
	}

	/** Tell whether one more payment of a payer is worth looking at. */
	boolean mayTry(String payer) {
		return this.failures.allows(payer);
	}

	/**
	 * Count one more payment of a payer that may be tried, if it is paid for.
	 * @return what takes that back where no fee was paid; empty if it is not paid for
	 */
	Optional<Runnable> take(String payer) {
		return this.fees.tryTake(payer, this.perPayment);
	}

	/** Hear that a payment of a payer has failed. */
	void failed(String payer) {
		this.failures.take(payer);
	}

}
