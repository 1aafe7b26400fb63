package io.github.x402sessions.spring.observation;

import io.github.x402sessions.core.terms.PriceList;
import io.github.x402sessions.spring.FacilitatorDecorator;
import io.github.x402sessions.spring.autoconfigure.X402PricesAutoConfiguration;
import io.micrometer.observation.ObservationRegistry;
import jakarta.servlet.DispatcherType;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/**
 * {@link AutoConfiguration Auto-configuration} for the observation of payments.
 */
@AutoConfiguration(after = X402PricesAutoConfiguration.class,
		afterName = "org.springframework.boot.micrometer.observation.autoconfigure.ObservationAutoConfiguration")
@ConditionalOnClass(ObservationRegistry.class)
@ConditionalOnBean({ ObservationRegistry.class, PriceList.class })
@ConditionalOnBooleanProperty(name = "x402.enabled", matchIfMissing = true)
public final class X402ObservationAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean
	Observations x402Observations(ObservationRegistry registry,
			ObjectProvider<PaymentObservationConvention> convention) {
		return new Observations(registry, convention.getIfAvailable());
	}

	@Bean
	@ConditionalOnMissingBean(name = "x402ObservedFacilitator")
	FacilitatorDecorator x402ObservedFacilitator(Observations observations) {
		return (facilitator) -> new ObservedFacilitator(facilitator, observations);
	}

	@Bean
	@ConditionalOnMissingBean
	@Order(Ordered.HIGHEST_PRECEDENCE)
	SettlementObservations x402SettlementObservations(Observations observations) {
		return new SettlementObservations(observations);
	}

	/** The observation of requests. */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
	static class RequestConfiguration {

		/**
		 * In front of the payment filter; does nothing to requests that are not priced.
		 */
		private static final int FILTER_ORDER = -101;

		@Bean
		@ConditionalOnMissingBean
		@Order(Ordered.HIGHEST_PRECEDENCE)
		RequestObservations x402RequestObservations(Observations observations) {
			return new RequestObservations(observations);
		}

		@Bean
		@ConditionalOnMissingBean(name = "x402PaymentObservationFilter")
		FilterRegistrationBean<PaymentObservationFilter> x402PaymentObservationFilter() {
			FilterRegistrationBean<PaymentObservationFilter> registration = new FilterRegistrationBean<>(
					new PaymentObservationFilter());
			registration.setOrder(FILTER_ORDER);
			registration.setDispatcherTypes(DispatcherType.REQUEST);
			return registration;
		}

	}

}
