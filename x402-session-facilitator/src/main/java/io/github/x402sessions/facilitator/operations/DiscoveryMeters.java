package io.github.x402sessions.facilitator.operations;

import java.util.Locale;

import io.github.x402sessions.facilitator.discovery.CatalogueObserver;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;

/**
 * Counts declarations by what became of them. Thread-safe.
 *
 * @param registry keeps the figures
 */
record DiscoveryMeters(MeterRegistry registry) implements CatalogueObserver {

	@Override
	public void ended(Outcome outcome) {
		Counter.builder("x402.facilitator.declarations")
			.description("Declarations of settled payments by what the catalogue made of them")
			.tag("outcome", outcome.name().toLowerCase(Locale.ROOT))
			.register(this.registry)
			.increment();
	}

}
