package io.github.x402sessions.facilitator.scheme;

import io.github.x402sessions.core.facilitator.Facilitator;

/**
 * A payment scheme: the facilitator of the kinds that it says it supports, and of no
 * others. Each is a bean, among which the {@link SchemeRouter} chooses. Implementations
 * are thread-safe.
 */
public interface SchemeFacilitator extends Facilitator {

	/**
	 * Return the name of the scheme.
	 * @return the name on the wire
	 */
	String scheme();

}
