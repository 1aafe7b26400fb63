package io.github.x402sessions.webflux;

/**
 * Changes the {@link PaymentWebFilter} that is set up in an application of Spring Boot,
 * after the properties were applied. All beans of this type are called in their order.
 */
@FunctionalInterface
public interface PaymentWebFilterCustomizer {

	/**
	 * Change the filter.
	 * @param filter the filter as it is set up so far
	 */
	void customize(PaymentWebFilterBuilder filter);

}
