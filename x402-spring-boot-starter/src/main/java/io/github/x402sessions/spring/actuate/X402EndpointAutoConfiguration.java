package io.github.x402sessions.spring.actuate;

import io.github.x402sessions.core.facilitator.Facilitator;
import io.github.x402sessions.core.gate.PaymentGate;
import io.github.x402sessions.core.terms.PriceList;
import io.github.x402sessions.spring.autoconfigure.X402AutoConfiguration;
import io.github.x402sessions.spring.deferral.OpenPayments;
import io.github.x402sessions.spring.discovery.WellKnownFilter;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.actuate.autoconfigure.endpoint.condition.ConditionalOnAvailableEndpoint;
import org.springframework.boot.actuate.autoconfigure.info.ConditionalOnEnabledInfoContributor;
import org.springframework.boot.actuate.info.InfoContributor;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;

/**
 * {@link AutoConfiguration Auto-configuration} for the {@link X402Endpoint} and the
 * contribution to the {@code info} endpoint.
 */
@AutoConfiguration(after = X402AutoConfiguration.class)
@ConditionalOnClass(ConditionalOnAvailableEndpoint.class)
@ConditionalOnBean(PaymentGate.class)
public final class X402EndpointAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean
	@ConditionalOnAvailableEndpoint
	@ConditionalOnBean(Facilitator.class)
	X402Endpoint x402Endpoint(ObjectProvider<PriceList> pricing, Facilitator facilitator,
			ObjectProvider<OpenPayments> payments, ObjectProvider<FilterRegistrationBean<WellKnownFilter>> discovery,
			Environment environment) {
		String context = environment.getProperty("server.servlet.context-path", "");
		return new X402Endpoint(pricing.orderedStream().toList(), facilitator, new FacilitatorStates(facilitator),
				payments.getIfAvailable(),
				discovery.stream().findFirst().map((list) -> context + WellKnownFilter.PATH).orElse(null));
	}

	@Bean
	@ConditionalOnMissingBean(name = "x402InfoContributor")
	@ConditionalOnEnabledInfoContributor("x402")
	InfoContributor x402InfoContributor(ObjectProvider<PriceList> pricing) {
		return new X402InfoContributor(pricing.orderedStream().toList());
	}

}
