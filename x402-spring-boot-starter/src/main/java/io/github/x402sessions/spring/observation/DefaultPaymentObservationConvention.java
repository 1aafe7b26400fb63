package io.github.x402sessions.spring.observation;

import java.util.Locale;
import java.util.Objects;

import io.github.x402sessions.spring.observation.PaymentObservationDocumentation.Tag;
import io.micrometer.common.KeyValues;
import org.jspecify.annotations.Nullable;

/**
 * The default {@link PaymentObservationConvention}: the keys of
 * {@link PaymentObservationDocumentation.Tag}.
 */
public class DefaultPaymentObservationConvention implements PaymentObservationConvention {

	@Override
	public KeyValues getLowCardinalityKeyValues(PaymentObservationContext context) {
		return KeyValues.of(Tag.ROUTE.withValue(orNone(context.getRoute())),
				Tag.SCHEME.withValue(orNone(context.getScheme())), Tag.NETWORK.withValue(orNone(context.getNetwork())),
				Tag.OUTCOME.withValue(outcome(context.getOutcome())));
	}

	/** The meters of what is under way have no outcome yet. */
	private static String outcome(@Nullable PaymentOutcome outcome) {
		return (outcome != null) ? outcome.name().toLowerCase(Locale.ROOT) : "none";
	}

	private static String orNone(@Nullable String value) {
		return Objects.requireNonNullElse(value, "none");
	}

}
