package io.github.x402sessions.spring;

import io.github.x402sessions.core.facilitator.Facilitator;

/**
 * Stands between the payment decision and the application's {@link Facilitator}, which
 * stays as it is as a bean. Every bean of this type decorates, the first innermost.
 */
@FunctionalInterface
public interface FacilitatorDecorator {

	/**
	 * Decorate a facilitator.
	 * @param facilitator the facilitator
	 * @return one that passes everything on to it
	 */
	Facilitator decorate(Facilitator facilitator);

}
