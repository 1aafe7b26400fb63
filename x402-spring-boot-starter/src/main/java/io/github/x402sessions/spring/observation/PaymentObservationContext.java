package io.github.x402sessions.spring.observation;

import io.micrometer.observation.Observation;
import org.jspecify.annotations.Nullable;

/**
 * The facts that are known while a payment is observed. Not thread-safe, like all
 * contexts.
 */
public final class PaymentObservationContext extends Observation.Context {

	private final @Nullable String route;

	private @Nullable String scheme;

	private @Nullable String network;

	private volatile @Nullable PaymentOutcome outcome;

	PaymentObservationContext(@Nullable String route) {
		this.route = route;
	}

	/**
	 * Return the pattern of the route.
	 * @return the pattern, or {@code null} if it is not known
	 */
	public @Nullable String getRoute() {
		return this.route;
	}

	/**
	 * Return the payment scheme.
	 * @return the scheme, or {@code null} if there is no payment
	 */
	public @Nullable String getScheme() {
		return this.scheme;
	}

	/**
	 * Return the network.
	 * @return a CAIP-2 id, or {@code null} if there is no payment
	 */
	public @Nullable String getNetwork() {
		return this.network;
	}

	/**
	 * Return what it came to.
	 * @return the outcome, or {@code null} while it is not known
	 */
	public @Nullable PaymentOutcome getOutcome() {
		return this.outcome;
	}

	PaymentObservationContext kind(String scheme, String network) {
		this.scheme = scheme;
		this.network = network;
		return this;
	}

	void outcome(PaymentOutcome outcome) {
		this.outcome = outcome;
	}

}
