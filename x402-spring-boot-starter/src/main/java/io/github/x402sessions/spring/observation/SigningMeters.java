package io.github.x402sessions.spring.observation;

import io.github.x402sessions.core.offer.SigningFailureListener;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;

/**
 * Counts what could not be signed.
 */
final class SigningMeters implements SigningFailureListener {

	private final MeterRegistry registry;

	SigningMeters(MeterRegistry registry) {
		this.registry = registry;
	}

	@Override
	public void failed(String what) {
		Counter.builder("x402.signing.failures")
			.description("Offers and receipts that were sent unsigned, because they could not be signed")
			.tag("artifact", what)
			.register(this.registry)
			.increment();
	}

}
