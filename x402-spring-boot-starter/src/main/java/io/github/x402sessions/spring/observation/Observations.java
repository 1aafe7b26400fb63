package io.github.x402sessions.spring.observation;

import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import org.jspecify.annotations.Nullable;

/**
 * Creates observations by the convention that is in use.
 */
final class Observations {

	private static final PaymentObservationConvention DEFAULT = new DefaultPaymentObservationConvention();

	private final ObservationRegistry registry;

	private final @Nullable PaymentObservationConvention convention;

	Observations(ObservationRegistry registry, @Nullable PaymentObservationConvention convention) {
		this.registry = registry;
		this.convention = convention;
	}

	Observation of(PaymentObservationDocumentation kind, PaymentObservationContext context) {
		return kind.observation(this.convention, DEFAULT, () -> context, this.registry);
	}

	@Nullable Observation current() {
		return this.registry.getCurrentObservation();
	}

}
