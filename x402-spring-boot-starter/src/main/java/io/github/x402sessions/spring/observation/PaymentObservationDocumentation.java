package io.github.x402sessions.spring.observation;

import io.micrometer.common.docs.KeyName;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationConvention;
import io.micrometer.observation.docs.ObservationDocumentation;

/**
 * The observations of this package. All their values are bounded: routes are patterns,
 * and neither payers nor amounts nor transactions are among them.
 */
public enum PaymentObservationDocumentation implements ObservationDocumentation {

	/**
	 * A request for a priced route, from its coming to the end of its answer.
	 */
	PAYMENT("x402.payment"),

	/**
	 * Asking the facilitator whether a payment could be settled.
	 */
	VERIFY("x402.verify"),

	/**
	 * Having the facilitator hold what an answer may cost that is charged while it
	 * leaves.
	 */
	HOLD("x402.hold"),

	/**
	 * Having the facilitator settle a payment.
	 */
	SETTLE("x402.settle");

	private final String observationName;

	PaymentObservationDocumentation(String observationName) {
		this.observationName = observationName;
	}

	@Override
	public String getName() {
		return this.observationName;
	}

	@Override
	public Class<? extends ObservationConvention<? extends Observation.Context>> getDefaultConvention() {
		return DefaultPaymentObservationConvention.class;
	}

	@Override
	public KeyName[] getLowCardinalityKeyNames() {
		return Tag.values();
	}

	/** The keys that all observations have. */
	public enum Tag implements KeyName {

		/** The pattern of the route; {@code none} for verifying and holding. */
		ROUTE("route"),

		/** The payment scheme; {@code none} where no payment came. */
		SCHEME("scheme"),

		/** The network as a CAIP-2 id; {@code none} where no payment came. */
		NETWORK("network"),

		/**
		 * What it came to: one of {@link PaymentOutcome}, in lower case; {@code none}
		 * while it is under way.
		 */
		OUTCOME("outcome");

		private final String key;

		Tag(String key) {
			this.key = key;
		}

		@Override
		public String asString() {
			return this.key;
		}

	}

}
