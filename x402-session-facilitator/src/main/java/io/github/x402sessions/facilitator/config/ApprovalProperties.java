package io.github.x402sessions.facilitator.config;

import java.math.BigDecimal;
import java.time.Duration;

import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings for approvals that payers have signed and not sent themselves.
 *
 * @param sponsored whether the facilitator pays their fees, so that payers need no lumens
 * @param sponsorBudget what it bids for them in a day at most, lumens
 * @param sponsoredPerPayer how many of one payer it pays for in a day
 * @param timeout how long a registration waits for the ledger that holds the approval
 */
public record ApprovalProperties(@DefaultValue("false") boolean sponsored, @DefaultValue("10") BigDecimal sponsorBudget,
		@DefaultValue("3") int sponsoredPerPayer, @DefaultValue("20s") Duration timeout) {

	private static final int LUMEN_DECIMALS = 7;

	private static final BigDecimal MOST = new BigDecimal("1000000");

	/**
	 * Check the properties.
	 * @throws InvalidPropertyException if one is wrong
	 */
	public ApprovalProperties {
		PropertyCheck.duration("approvals.timeout", timeout, Duration.ofMillis(1));
		if (sponsorBudget.signum() <= 0 || sponsorBudget.compareTo(MOST) > 0
				|| sponsorBudget.stripTrailingZeros().scale() > LUMEN_DECIMALS) {
			throw new InvalidPropertyException("approvals.sponsor-budget", "is out of range",
					"Set facilitator.approvals.sponsor-budget to a number of lumens, such as 10.");
		}
		if (sponsoredPerPayer < 1) {
			throw new InvalidPropertyException("approvals.sponsored-per-payer", "is out of range",
					"Set facilitator.approvals.sponsored-per-payer to 1 or more.");
		}
	}

	public long sponsorBudgetStroops() {
		return this.sponsorBudget.movePointRight(LUMEN_DECIMALS).longValueExact();
	}

}
