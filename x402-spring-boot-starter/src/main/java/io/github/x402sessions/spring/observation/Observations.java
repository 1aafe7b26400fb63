package io.github.x402sessions.spring.observation;

import io.github.x402sessions.core.terms.PricedRoute;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import org.jspecify.annotations.Nullable;

/**
 * Creates observations by the convention that is in use. Thread-safe.
 */
public final class Observations {

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

	/**
	 * Begin to observe a call of something priced.
	 * @param route what it costs
	 * @return the observation, to be ended with the call
	 */
	public ObservedPayment begin(PricedRoute route) {
		PaymentObservationContext context = new PaymentObservationContext(route.name());
		return new ObservedPayment(context, of(PaymentObservationDocumentation.PAYMENT, context), current());
	}

	@Nullable Observation current() {
		return this.registry.getCurrentObservation();
	}

}
