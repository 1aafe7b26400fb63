package io.github.x402sessions.spring.actuate;

import io.github.x402sessions.core.facilitator.Facilitator;
import io.github.x402sessions.core.terms.PriceList;
import io.github.x402sessions.spring.autoconfigure.X402AutoConfiguration;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.health.autoconfigure.contributor.ConditionalOnEnabledHealthIndicator;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;

/**
 * {@link AutoConfiguration Auto-configuration} for the health of the facilitators. It is
 * part of neither liveness nor readiness, whose groups name their members.
 */
@AutoConfiguration(after = X402AutoConfiguration.class)
@ConditionalOnClass({ HealthIndicator.class, ConditionalOnEnabledHealthIndicator.class })
@ConditionalOnBean(Facilitator.class)
@ConditionalOnEnabledHealthIndicator("x402")
public final class X402HealthAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean(name = { "x402HealthIndicator", "x402HealthContributor" })
	HealthIndicator x402HealthIndicator(Facilitator facilitator, ObjectProvider<PriceList> pricing) {
		return new X402HealthIndicator(new FacilitatorStates(facilitator), pricing.orderedStream().toList());
	}

}
