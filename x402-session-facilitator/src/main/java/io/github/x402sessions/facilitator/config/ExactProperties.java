package io.github.x402sessions.facilitator.config;

import java.math.BigDecimal;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of the exact scheme, whose payments the facilitator sends and pays the fee of.
 *
 * @param maxFee the most that one payment may cost in all, its place in a ledger and its
 * resources, stroops
 * @param feesPerPayer the most that is bid for one payer in a day, lumens; each payment
 * counts as dear as it may be
 * @param failuresPerHour how many payments of one payer may fail on the chain in an hour:
 * the next one is refused unseen
 */
@ConfigurationProperties("facilitator.exact")
public record ExactProperties(@DefaultValue("100000") long maxFee, @DefaultValue("10") BigDecimal feesPerPayer,
		@DefaultValue("10") int failuresPerHour) {

	private static final int LUMEN_DECIMALS = 7;

	/** No transfer costs less. */
	private static final long LEAST_FEE = 10_000;

	private static final long MOST_FEE = 100_000_000;

	private static final BigDecimal MOST = new BigDecimal("1000000");

	/**
	 * Check the properties.
	 * @throws InvalidPropertyException if one is wrong
	 */
	public ExactProperties {
		if (maxFee < LEAST_FEE || maxFee > MOST_FEE) {
			throw new InvalidPropertyException("exact.max-fee", "is out of range",
					"Set facilitator.exact.max-fee to stroops from " + LEAST_FEE + " to " + MOST_FEE + ".");
		}
		if (feesPerPayer.stripTrailingZeros().scale() > LUMEN_DECIMALS || feesPerPayer.compareTo(MOST) > 0
				|| feesPerPayer.movePointRight(LUMEN_DECIMALS).compareTo(BigDecimal.valueOf(maxFee)) < 0) {
			throw new InvalidPropertyException("exact.fees-per-payer", "is out of range",
					"Set facilitator.exact.fees-per-payer to a number of lumens, such as 10, that pays at least one"
							+ " payment of facilitator.exact.max-fee.");
		}
		if (failuresPerHour < 1) {
			throw new InvalidPropertyException("exact.failures-per-hour", "is out of range",
					"Set facilitator.exact.failures-per-hour to 1 or more.");
		}
	}

	/** Return the most that is bid for one payer in a day, stroops. */
	public long feesPerPayerStroops() {
		return this.feesPerPayer.movePointRight(LUMEN_DECIMALS).longValueExact();
	}

}
