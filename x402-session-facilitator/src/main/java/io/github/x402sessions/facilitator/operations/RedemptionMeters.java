package io.github.x402sessions.facilitator.operations;

import java.math.BigInteger;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import io.github.x402sessions.facilitator.deferred.redemption.OpenParties;
import io.github.x402sessions.facilitator.deferred.redemption.RedemptionObserver;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import org.jspecify.annotations.Nullable;

/**
 * Measures what is committed and what becomes of it. The only tag is the recipient, of
 * those that wait for the largest sums.
 */
final class RedemptionMeters implements RedemptionObserver {

	private static final String PREFIX = "x402.facilitator.commitments.";

	private static final int MOST_RECIPIENTS = 50;

	private static final String REST = "other";

	private final Clock clock;

	private final MultiGauge open;

	private final DistributionSummary redeemed;

	private final Counter defaulted;

	private final Counter writtenOff;

	private volatile @Nullable Instant oldest;

	/**
	 * Create the meters.
	 * @param registry keeps the figures
	 * @param clock the time by which commitments are dated
	 */
	RedemptionMeters(MeterRegistry registry, Clock clock) {
		this.clock = clock;
		this.open = MultiGauge.builder(PREFIX + "open")
			.description("What recipients wait for, base units of all assets")
			.register(registry);
		this.redeemed = DistributionSummary.builder(PREFIX + "redeemed")
			.description("Commitments that one transaction has paid")
			.register(registry);
		this.defaulted = counter(registry, "defaulted", "What payers could not pay when it was due, base units");
		this.writtenOff = counter(registry, "written.off", "What was given up for good, base units");
		Gauge.builder(PREFIX + "oldest", this, RedemptionMeters::age)
			.description("Age of the oldest commitment that is in no transaction")
			.baseUnit("seconds")
			.strongReference(true)
			.register(registry);
	}

	private static Counter counter(MeterRegistry registry, String name, String description) {
		return Counter.builder(PREFIX + name).description(description).register(registry);
	}

	private double age() {
		Instant since = this.oldest;
		return (since != null) ? Duration.between(since, this.clock.instant()).toMillis() / 1000.0 : 0;
	}

	@Override
	public void open(Collection<OpenParties> open) {
		this.oldest = open.stream()
			.map(OpenParties::oldest)
			.filter(Objects::nonNull)
			.min(Comparator.naturalOrder())
			.orElse(null);
		Map<String, BigInteger> sums = new HashMap<>();
		open.forEach((one) -> sums.merge(one.parties().to(), one.amount(), BigInteger::add));
		List<Map.Entry<String, BigInteger>> largest = sums.entrySet()
			.stream()
			.sorted(Map.Entry.comparingByValue(Comparator.reverseOrder()))
			.toList();
		Map<String, BigInteger> shown = new HashMap<>();
		largest.forEach((one) -> shown.merge((shown.size() < MOST_RECIPIENTS) ? one.getKey() : REST, one.getValue(),
				BigInteger::add));
		this.open.register(shown.entrySet()
			.stream()
			.map((one) -> MultiGauge.Row.of(Tags.of("recipient", one.getKey()), one.getValue()))
			.toList(), true);
	}

	@Override
	public void redeemed(int count) {
		this.redeemed.record(count);
	}

	@Override
	public void defaulted(BigInteger amount) {
		this.defaulted.increment(amount.doubleValue());
	}

	@Override
	public void writtenOff(BigInteger amount) {
		this.writtenOff.increment(amount.doubleValue());
	}

}
