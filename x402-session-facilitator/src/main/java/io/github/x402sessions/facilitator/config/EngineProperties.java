package io.github.x402sessions.facilitator.config;

import java.math.BigDecimal;
import java.time.Duration;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of the settlement engine.
 *
 * @param channels how many channel accounts give transactions their sequence numbers: as
 * many settlements fit into one ledger; 0 leaves that to the spender itself, one a ledger
 * @param channelBalance what a channel account holds for fees when it is full, lumens,
 * but at least what ten transactions cost at most; it is filled up from the spender when
 * it holds less than half or pays for less than five
 * @param maxInclusionFee the most that is bid for a place in a ledger, stroops
 * @param coalesceWindow how long a call waits for others of the same payer, asset and
 * recipient, to be settled with them by one transfer; 0 settles each alone
 * @param identifierRetention how long payment identifiers are kept: a repeated call is
 * known as one for at least that long
 * @param maxWaiting how many calls of {@code /settle}, and how many for quotes and
 * registrations, wait for the chain at once; whoever comes beyond is told 503 at once
 * @param databaseUsername the user of the database; only for PostgreSQL
 * @param databasePassword the user's password
 */
@ConfigurationProperties("facilitator")
public record EngineProperties(@DefaultValue("0") int channels, @DefaultValue("5") BigDecimal channelBalance,
		@DefaultValue("1000000") long maxInclusionFee, @DefaultValue("0ms") Duration coalesceWindow,
		@DefaultValue("30d") Duration identifierRetention, @DefaultValue("256") int maxWaiting,
		@DefaultValue("") String databaseUsername, @DefaultValue("") String databasePassword) {

	private static final int MOST_WAITING = 10_000;

	public static final int MOST_CHANNELS = 200;

	private static final BigDecimal LEAST_BALANCE = new BigDecimal("2");

	private static final BigDecimal MOST_BALANCE = new BigDecimal("10000");

	private static final int LUMEN_DECIMALS = 7;

	private static final long LEAST_FEE = 100;

	private static final long MOST_FEE = 1_000_000_000;

	/**
	 * Check the properties.
	 * @throws InvalidPropertyException if one is wrong
	 */
	public EngineProperties {
		require(channels >= 0 && channels <= MOST_CHANNELS, "channels",
				"Set it to a number from 0 to " + MOST_CHANNELS + ".");
		require(channelBalance.compareTo(LEAST_BALANCE) >= 0 && channelBalance.compareTo(MOST_BALANCE) <= 0
				&& channelBalance.stripTrailingZeros().scale() <= LUMEN_DECIMALS, "channel-balance",
				"Set it to lumens from " + LEAST_BALANCE + " to " + MOST_BALANCE + ".");
		require(maxInclusionFee >= LEAST_FEE && maxInclusionFee <= MOST_FEE, "max-inclusion-fee",
				"Set it to stroops from " + LEAST_FEE + " to " + MOST_FEE + ".");
		require(!coalesceWindow.isNegative() && coalesceWindow.compareTo(Duration.ofSeconds(5)) <= 0, "coalesce-window",
				"Set it to at least 0ms and at most 5s.");
		require(identifierRetention.compareTo(Duration.ofHours(1)) >= 0, "identifier-retention",
				"Set it to at least 1h.");
		require(maxWaiting >= 1 && maxWaiting <= MOST_WAITING, "max-waiting",
				"Set it to a number from 1 to " + MOST_WAITING + ".");
	}

	private static void require(boolean condition, String property, String action) {
		if (!condition) {
			throw new InvalidPropertyException(property, "is out of range", action);
		}
	}

	/** Return what a full channel account holds, stroops. */
	public long channelStroops() {
		return this.channelBalance.movePointRight(LUMEN_DECIMALS).longValueExact();
	}

	@Override
	public String toString() {
		return "EngineProperties[channels=" + this.channels + ", channelBalance=" + this.channelBalance
				+ ", maxInclusionFee=" + this.maxInclusionFee + ", coalesceWindow=" + this.coalesceWindow
				+ ", identifierRetention=" + this.identifierRetention + ", maxWaiting=" + this.maxWaiting
				+ ", databaseUsername=" + this.databaseUsername + ", databasePassword=…]";
	}

}
