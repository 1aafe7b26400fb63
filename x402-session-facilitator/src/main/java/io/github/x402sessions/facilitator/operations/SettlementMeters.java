package io.github.x402sessions.facilitator.operations;

import java.time.Duration;

import io.github.x402sessions.facilitator.settlement.tracking.SettlementObserver;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import org.jspecify.annotations.Nullable;

/**
 * Measures the stages of transactions and the fees that ledgers charge.
 */
final class SettlementMeters implements SettlementObserver {

	private final MeterRegistry registry;

	private final Counter fees;

	/**
	 * Create the meters.
	 * @param registry keeps the figures
	 */
	public SettlementMeters(MeterRegistry registry) {
		this.registry = registry;
		this.fees = Counter.builder("x402.facilitator.fees")
			.description("What ledgers charged for transactions that this process has followed to their end")
			.baseUnit("stroops")
			.register(registry);
	}

	@Override
	public void prepared(Duration time) {
		stage("prepare", "done").record(time);
	}

	@Override
	public void ended(String end, @Nullable Duration time, long feeCharged) {
		this.fees.increment((double) feeCharged);
		if (time != null) {
			stage("confirm", end).record(time);
		}
	}

	private Timer stage(String stage, String end) {
		return Timer.builder("x402.facilitator.stage")
			.description("Stages of a transaction: prepared and signed, then sent until its end is known")
			.tag("stage", stage)
			.tag("end", end)
			.register(this.registry);
	}

}
