package io.github.x402sessions.spring;

import io.github.x402sessions.servlet.PaymentFilterBuilder;

/**
 * Changes how the {@link io.github.x402sessions.servlet.PaymentFilter} is set up, after
 * the {@code x402} properties: for what has to be code, such as the bodies of 402
 * answers. Every bean of this type is called, in their order.
 */
@FunctionalInterface
public interface X402FilterCustomizer {

	/**
	 * Change the set-up.
	 * @param builder the builder of the filter
	 */
	void customize(PaymentFilterBuilder builder);

}
