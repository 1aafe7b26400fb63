package io.github.x402sessions.facilitator.operations;

import java.math.BigInteger;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;

import io.github.x402sessions.facilitator.deferred.redemption.OpenParties;
import io.github.x402sessions.facilitator.deferred.redemption.RedemptionObserver;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import org.jspecify.annotations.Nullable;

/**
 * Measures what is committed and what becomes of it. Amounts are tagged by their asset,
 * for those of two come to nothing that one could read; what is open also by the
 * recipients that wait for the largest sums.
 */
final class RedemptionMeters implements RedemptionObserver {

	private static final String PREFIX = "x402.facilitator.commitments.";

	private static final int MOST_RECIPIENTS = 50;

	private static final String REST = "other";

	private final MeterRegistry registry;

	private final Clock clock;

	private final MultiGauge open;

	private final DistributionSummary redeemed;

	private volatile @Nullable Instant oldest;

	/**
	 * Create the meters.
	 * @param registry keeps the figures
	 * @param clock the time by which commitments are dated
	 */
	RedemptionMeters(MeterRegistry registry, Clock clock) {
		this.registry = registry;
		this.clock = clock;
		this.open = MultiGauge.builder(PREFIX + "open")
			.description("What recipients wait for, base units")
			.register(registry);
		this.redeemed = DistributionSummary.builder(PREFIX + "redeemed")
			.description("Commitments that one transaction has paid")
			.register(registry);
		LiveGauge.of("commitments.oldest", this::age)
			.description("Age of the oldest commitment that is in no transaction")
			.baseUnit("seconds")
			.register(registry);
	}

	private double age() {
		Instant since = this.oldest;
		return (since != null) ? Duration.between(since, this.clock.instant()).toMillis() / 1000.0 : 0;
	}

	@Override
	public void open(Collection<OpenParties> open) {
		this.oldest = open.stream()
			.filter(OpenParties::isWaiting)
			.map(OpenParties::since)
			.min(Comparator.naturalOrder())
			.orElse(null);
		Map<String, Map<String, BigInteger>> sums = new HashMap<>();
		open.forEach((one) -> sums.computeIfAbsent(one.parties().asset(), (asset) -> new HashMap<>())
			.merge(one.parties().to(), one.amount(), BigInteger::add));
		this.open.register(
				sums.entrySet()
					.stream().<MultiGauge.Row<?>>flatMap((asset) -> rows(asset.getKey(), asset.getValue())).toList(),
				true);
	}

	private static Stream<MultiGauge.Row<?>> rows(String asset, Map<String, BigInteger> byRecipient) {
		Map<String, BigInteger> shown = new HashMap<>();
		byRecipient.entrySet()
			.stream()
			.sorted(Map.Entry.comparingByValue(Comparator.reverseOrder()))
			.forEach((one) -> shown.merge((shown.size() < MOST_RECIPIENTS) ? one.getKey() : REST, one.getValue(),
					BigInteger::add));
		return shown.entrySet()
			.stream()
			.map((one) -> MultiGauge.Row.of(Tags.of("asset", asset, "recipient", one.getKey()), one.getValue()));
	}

	@Override
	public void redeemed(int count) {
		this.redeemed.record(count);
	}

	@Override
	public void defaulted(String asset, BigInteger amount) {
		count("defaulted", "What payers could not pay when it was due, base units", asset, amount);
	}

	@Override
	public void writtenOff(String asset, BigInteger amount) {
		count("written.off", "What was given up for good, base units", asset, amount);
	}

	private void count(String name, String description, String asset, BigInteger amount) {
		Counter.builder(PREFIX + name)
			.description(description)
			.tag("asset", asset)
			.register(this.registry)
			.increment(amount.doubleValue());
	}

}
