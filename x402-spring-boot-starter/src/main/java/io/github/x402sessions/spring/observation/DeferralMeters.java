package io.github.x402sessions.spring.observation;

import java.util.function.ToDoubleFunction;

import io.github.x402sessions.spring.deferral.OpenPayments;
import io.github.x402sessions.spring.deferral.PaidAccount;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;

/**
 * Gauges of what is owed by deferred payments, by recipient, network and asset: all of
 * them the application's own.
 */
final class DeferralMeters {

	private final MeterRegistry registry;

	private final OpenPayments payments;

	DeferralMeters(MeterRegistry registry, OpenPayments payments) {
		this.registry = registry;
		this.payments = payments;
	}

	void register(PaidAccount account) {
		gauge("x402.deferred.open", "payments", "Payments that are committed and not confirmed", account,
				(open) -> open.sum(account).open());
		gauge("x402.deferred.owed", "base units", "The sum of what is committed and not confirmed", account,
				(open) -> open.sum(account).owed().doubleValue());
		gauge("x402.deferred.oldest", "seconds", "How long the oldest of them has been committed", account,
				(open) -> open.age(account));
		gauge("x402.deferred.defaulted", "base units", "The sum of what payers could not pay", account,
				(open) -> open.sum(account).defaulted().doubleValue());
	}

	private void gauge(String name, String unit, String description, PaidAccount account,
			ToDoubleFunction<OpenPayments> value) {
		Gauge.builder(name, this.payments, value)
			.description(description)
			.baseUnit(unit)
			.tag("recipient", account.recipient())
			.tag("network", account.network())
			.tag("asset", account.asset())
			.register(this.registry);
	}

}
