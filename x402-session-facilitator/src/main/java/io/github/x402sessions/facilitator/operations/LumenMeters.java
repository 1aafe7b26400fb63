package io.github.x402sessions.facilitator.operations;

import java.math.BigInteger;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import io.github.x402sessions.facilitator.key.Spenders;
import io.github.x402sessions.stellar.transfer.TransferReadinessReader;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;

/**
 * Measures what there is for fees: the spender's lumens, of which channels are filled up,
 * and those of the poorest channel. They are read from the ledger when they are asked
 * for, the channels at once; the spender by himself, so that his figure depends on
 * nothing that many channels may bring.
 */
final class LumenMeters implements MeterBinder {

	private static final double STROOPS = 10_000_000;

	/** Longer than a scrape, shorter than what is between two. */
	private static final Duration FRESH = Duration.ofSeconds(2);

	private final RecentReading<Map<String, BigInteger>> spender;

	private final RecentReading<Map<String, BigInteger>> channels;

	/**
	 * Create the meters.
	 * @param reader reads accounts
	 * @param spenders knows the spender that fees are paid of
	 * @param channels knows the channels that are in the books
	 */
	LumenMeters(TransferReadinessReader reader, Spenders spenders, OpenWork channels) {
		this.spender = new RecentReading<>(FRESH, () -> reader.lumens(List.of(spenders.address())));
		this.channels = new RecentReading<>(FRESH, () -> reader.lumens(channels.channelAddresses()));
	}

	@Override
	public void bindTo(MeterRegistry registry) {
		gauge(registry, "spender", this.spender);
		gauge(registry, "lowest_channel", this.channels);
	}

	private void gauge(MeterRegistry registry, String account, RecentReading<Map<String, BigInteger>> lumens) {
		LiveGauge.of("lumens", () -> least(lumens.get()))
			.description("Lumens that an account can spend on fees")
			.tag("account", account)
			.register(registry);
	}

	private static double least(Map<String, BigInteger> lumens) {
		return lumens.values()
			.stream()
			.mapToDouble((amount) -> amount.doubleValue() / STROOPS)
			.min()
			.orElse(Double.NaN);
	}

}
