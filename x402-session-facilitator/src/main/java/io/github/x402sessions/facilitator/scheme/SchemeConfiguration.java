package io.github.x402sessions.facilitator.scheme;

import java.util.List;

import io.github.x402sessions.facilitator.config.FacilitatorProperties;
import io.github.x402sessions.facilitator.settlement.IdempotentReplay;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * The composition of all schemes that there are beans of.
 */
@Configuration(proxyBeanMethods = false)
public class SchemeConfiguration {

	@Bean
	SchemeRouter schemeRouter(List<SchemeFacilitator> schemes, FacilitatorProperties properties) {
		return new SchemeRouter(schemes, properties.network());
	}

	@Bean
	DeliveryTracker deliveryTracker(IdempotentReplay replay) {
		return new DeliveryTracker(replay);
	}

}
