package io.github.x402sessions.facilitator.operations;

import io.github.x402sessions.facilitator.deferred.hold.HeldPayment;
import io.github.x402sessions.facilitator.deferred.hold.HoldObserver;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;

/**
 * Measures how many held payments nobody has settled or released in time.
 */
final class HoldMeters implements HoldObserver {

	private final Counter lapsed;

	HoldMeters(MeterRegistry registry) {
		this.lapsed = Counter.builder("x402.facilitator.holds.lapsed")
			.description("Held payments whose time was over: their sellers are not paid")
			.register(registry);
	}

	@Override
	public void lapsed(HeldPayment payment) {
		this.lapsed.increment();
	}

}
