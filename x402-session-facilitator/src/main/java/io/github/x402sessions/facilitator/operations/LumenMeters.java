package io.github.x402sessions.facilitator.operations;

import java.math.BigInteger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

import io.github.x402sessions.facilitator.key.Spenders;
import io.github.x402sessions.stellar.transfer.TransferReadinessReader;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;

/**
 * Measures what there is for fees: the spender's lumens, of which channels are filled up,
 * and those of the poorest channel. All are read from the ledger at once, when they are
 * asked for.
 */
final class LumenMeters implements MeterBinder {

	private static final double STROOPS = 10_000_000;

	/** Longer than a scrape, shorter than what is between two. */
	private static final Duration FRESH = Duration.ofSeconds(2);

	private final Spenders spenders;

	private final OpenWork channels;

	private final RecentReading<Map<String, BigInteger>> lumens;

	/**
	 * Create the meters.
	 * @param reader reads accounts
	 * @param spenders knows the spender that fees are paid of
	 * @param channels knows the channels that are in the books
	 */
	LumenMeters(TransferReadinessReader reader, Spenders spenders, OpenWork channels) {
		this.spenders = spenders;
		this.channels = channels;
		this.lumens = new RecentReading<>(FRESH, () -> {
			List<String> accounts = new ArrayList<>(channels.channelAddresses());
			accounts.add(spenders.address());
			return reader.lumens(accounts);
		});
	}

	@Override
	public void bindTo(MeterRegistry registry) {
		gauge(registry, "spender", () -> List.of(this.spenders.address()));
		gauge(registry, "lowest_channel", this.channels::channelAddresses);
	}

	private void gauge(MeterRegistry registry, String account, Supplier<Collection<String>> addresses) {
		LiveGauge.of("lumens", () -> least(addresses.get()))
			.description("Lumens that an account can spend on fees")
			.tag("account", account)
			.register(registry);
	}

	private double least(Collection<String> addresses) {
		return this.lumens.get()
			.entrySet()
			.stream()
			.filter((account) -> addresses.contains(account.getKey()))
			.mapToDouble((account) -> account.getValue().doubleValue() / STROOPS)
			.min()
			.orElse(Double.NaN);
	}

}
