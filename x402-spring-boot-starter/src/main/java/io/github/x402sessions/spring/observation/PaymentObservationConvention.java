package io.github.x402sessions.spring.observation;

import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationConvention;

/**
 * Names and tags the observations of payments; a bean of this type replaces the
 * {@link DefaultPaymentObservationConvention default}.
 */
public interface PaymentObservationConvention extends ObservationConvention<PaymentObservationContext> {

	@Override
	default boolean supportsContext(Observation.Context context) {
		return context instanceof PaymentObservationContext;
	}

}
