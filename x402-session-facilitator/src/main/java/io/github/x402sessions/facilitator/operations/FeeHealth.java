package io.github.x402sessions.facilitator.operations;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;

import io.github.x402sessions.facilitator.key.Spenders;
import io.github.x402sessions.stellar.transfer.TransferReadinessReader;
import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;

/**
 * Tells whether there are lumens for fees, of which the spender fills up the channels,
 * and how poor the poorest channel is: a settlement costs about 0.002.
 */
public final class FeeHealth extends AbstractHealthIndicator {

	/** One lumen, about 500 settlements. */
	private static final BigInteger LEAST = BigInteger.valueOf(10_000_000);

	private static final int DECIMALS = 7;

	private final TransferReadinessReader reader;

	private final Spenders spenders;

	private final OpenWork channels;

	/**
	 * Create it.
	 * @param reader reads accounts
	 * @param spenders knows the spender that fees are paid of
	 * @param channels knows the channels that are in the books
	 */
	public FeeHealth(TransferReadinessReader reader, Spenders spenders, OpenWork channels) {
		super("the lumens could not be read");
		this.reader = reader;
		this.spenders = spenders;
		this.channels = channels;
	}

	@Override
	protected void doHealthCheck(Health.Builder builder) {
		String spender = this.spenders.address();
		Map<String, BigInteger> found = this.reader.lumens(List.of(spender));
		BigInteger own = found.getOrDefault(spender, BigInteger.ZERO);
		builder.status((own.compareTo(LEAST) < 0) ? "DOWN" : "UP").withDetail("spender", lumens(own));
		if (found.isEmpty()) {
			builder.withDetail("problem", "the account " + spender + " does not exist on the ledger: send it lumens");
		}
		Map<String, BigInteger> held = this.reader.lumens(this.channels.channelAddresses());
		held.entrySet().stream().min(Map.Entry.comparingByValue()).ifPresent((poorest) -> {
			long unused = this.channels.insolventChannels();
			builder.withDetail("channels", held.size())
				.withDetail("lowestChannel", lumens(poorest.getValue()))
				.withDetail("lowestChannelAccount", poorest.getKey())
				.withDetail("channelsThatCannotPay", unused);
			if (unused >= held.size()) {
				builder.down();
			}
		});
	}

	private static String lumens(BigInteger stroops) {
		return new BigDecimal(stroops, DECIMALS).toPlainString();
	}

}
