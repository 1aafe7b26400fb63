package io.github.x402sessions.spring.observation;

import io.github.x402sessions.core.terms.PriceList;
import io.github.x402sessions.spring.deferral.DeferringRoutes;
import io.github.x402sessions.spring.deferral.OpenPayments;
import io.github.x402sessions.spring.deferral.X402DeferralAutoConfiguration;
import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnSingleCandidate;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.context.annotation.Bean;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/**
 * {@link AutoConfiguration Auto-configuration} for the meters of revenue and settlements.
 */
@AutoConfiguration(after = X402DeferralAutoConfiguration.class, afterName = {
		"org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration",
		"org.springframework.boot.micrometer.metrics.autoconfigure.export.simple.SimpleMetricsExportAutoConfiguration" })
@ConditionalOnClass(MeterRegistry.class)
@ConditionalOnSingleCandidate(MeterRegistry.class)
@ConditionalOnBean(PriceList.class)
@ConditionalOnBooleanProperty(name = "x402.enabled", matchIfMissing = true)
public final class X402MetricsAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean
	@Order(Ordered.HIGHEST_PRECEDENCE)
	RevenueMeters x402RevenueMeters(MeterRegistry registry) {
		return new RevenueMeters(registry);
	}

	@Bean
	@ConditionalOnMissingBean(name = "x402DeferralMeters")
	@ConditionalOnBean(OpenPayments.class)
	ApplicationListener<ApplicationReadyEvent> x402DeferralMeters(MeterRegistry registry, OpenPayments payments,
			ObjectProvider<PriceList> pricing) {
		DeferralMeters meters = new DeferralMeters(registry, payments);
		return (event) -> DeferringRoutes.accounts(pricing).forEach(meters::register);
	}

	@Bean
	@ConditionalOnMissingBean
	ExtensionMeters x402ExtensionMeters(MeterRegistry registry) {
		return new ExtensionMeters(registry);
	}

	@Bean
	@ConditionalOnMissingBean
	SigningMeters x402SigningMeters(MeterRegistry registry) {
		return new SigningMeters(registry);
	}

}
