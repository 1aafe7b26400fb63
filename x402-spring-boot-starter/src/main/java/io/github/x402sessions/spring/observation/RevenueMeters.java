package io.github.x402sessions.spring.observation;

import java.util.concurrent.atomic.AtomicInteger;

import io.github.x402sessions.core.payment.Payment;
import io.github.x402sessions.core.payment.SettlementListener;
import io.github.x402sessions.core.protocol.SettleResponse;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;

/**
 * Counts what was earned in base units by route, network and asset, settlements whose
 * outcome is unknown, and those in flight.
 */
final class RevenueMeters implements SettlementListener {

	private final MeterRegistry registry;

	private final Counter unknown;

	private final AtomicInteger inFlight = new AtomicInteger();

	RevenueMeters(MeterRegistry registry) {
		this.registry = registry;
		this.unknown = Counter.builder("x402.settlements.unknown")
			.description("Settlements of which it is not known whether the money moved")
			.register(registry);
		Gauge.builder("x402.settlements.active", this.inFlight, AtomicInteger::get)
			.description("Settlements that are being made")
			.register(registry);
	}

	@Override
	public void beforeSettle(Payment payment) {
		this.inFlight.incrementAndGet();
	}

	@Override
	public void onSettled(Payment payment, SettleResponse receipt) {
		this.inFlight.decrementAndGet();
		Counter.builder("x402.revenue")
			.description("What was settled, in base units of the asset")
			.baseUnit("base units")
			.tag("route", payment.route())
			.tag("network", payment.network())
			.tag("asset", payment.asset().id())
			.register(this.registry)
			.increment(payment.charged().doubleValue());
	}

	@Override
	public void onSettlementFailed(Payment payment, SettleResponse failure) {
		this.inFlight.decrementAndGet();
		if (SettlementObservations.outcome(failure.errorReason()) == PaymentOutcome.UNKNOWN) {
			this.unknown.increment();
		}
	}

}
