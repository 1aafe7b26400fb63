package io.github.x402sessions.facilitator.scheme;

import java.util.List;

import io.github.x402sessions.facilitator.config.FacilitatorProperties;
import io.github.x402sessions.facilitator.config.SchemeProperties;
import io.github.x402sessions.facilitator.settlement.IdempotentReplay;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * The composition of the schemes that are served, of all that there are beans of.
 */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(SchemeProperties.class)
public class SchemeConfiguration {

	@Bean
	SchemeRouter schemeRouter(List<SchemeFacilitator> schemes, SchemeProperties served,
			FacilitatorProperties properties) {
		return new SchemeRouter(schemes.stream().filter((scheme) -> served.serves(scheme.scheme())).toList(),
				properties.network());
	}

	@Bean
	DeliveryTracker deliveryTracker(IdempotentReplay replay) {
		return new DeliveryTracker(replay);
	}

}
