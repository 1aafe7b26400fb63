package io.github.x402sessions.spring;

import java.net.URI;

import io.github.x402sessions.core.facilitator.http.FacilitatorOptions;
import io.github.x402sessions.core.gate.PaymentGate;
import io.github.x402sessions.spring.actuate.X402Endpoint;
import io.github.x402sessions.spring.actuate.X402EndpointAutoConfiguration;
import io.github.x402sessions.spring.actuate.X402HealthAutoConfiguration;
import io.github.x402sessions.spring.autoconfigure.X402AutoConfiguration;
import io.github.x402sessions.spring.autoconfigure.X402PricesAutoConfiguration;
import io.github.x402sessions.spring.autoconfigure.X402ServletAutoConfiguration;
import io.github.x402sessions.spring.autoconfigure.X402WebMvcAutoConfiguration;
import io.github.x402sessions.spring.observation.X402MetricsAutoConfiguration;
import io.github.x402sessions.spring.observation.X402ObservationAutoConfiguration;
import io.github.x402sessions.spring.openapi.X402OpenApiAutoConfiguration;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.observation.ObservationRegistry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springdoc.core.customizers.GlobalOperationCustomizer;
import org.springframework.boot.actuate.autoconfigure.endpoint.EndpointAutoConfiguration;
import org.springframework.boot.actuate.info.InfoContributor;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.boot.webmvc.autoconfigure.DispatcherServletAutoConfiguration;
import org.springframework.boot.webmvc.autoconfigure.WebMvcAutoConfiguration;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * When the parts around the filter are there: metrics, observations, the actuator,
 * springdoc.
 */
class BackOffTests {

	private final WebApplicationContextRunner runner = new WebApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(DispatcherServletAutoConfiguration.class,
				WebMvcAutoConfiguration.class, EndpointAutoConfiguration.class, X402AutoConfiguration.class,
				X402ServletAutoConfiguration.class, X402WebMvcAutoConfiguration.class,
				X402PricesAutoConfiguration.class, X402OpenApiAutoConfiguration.class,
				X402EndpointAutoConfiguration.class, X402HealthAutoConfiguration.class,
				X402MetricsAutoConfiguration.class, X402ObservationAutoConfiguration.class))
		.withPropertyValues("x402.pay-to=GDWUSKGGFDI4FRXK5EBTRECZSVQSSWJHHJOGH6JWG3AUMFFMQ435DIAG",
				"x402.facilitator.url=http://localhost:1", "management.endpoints.web.exposure.include=x402");

	private final WebApplicationContextRunner full = this.runner.withBean(MeterRegistry.class, SimpleMeterRegistry::new)
		.withBean(ObservationRegistry.class, ObservationRegistry::create);

	@Test
	void everythingIsThereWithEverythingItNeeds() {
		this.full.run((context) -> assertThat(context).hasSingleBean(X402Endpoint.class)
			.hasBean("x402HealthIndicator")
			.hasBean("x402InfoContributor")
			.hasBean("x402RevenueMeters")
			.hasBean("x402Observations")
			.hasBean("x402ObservedFacilitator")
			.hasBean("x402PaymentObservationFilter")
			.hasBean("x402AnnotatedOperations")
			.hasBean("x402ConfiguredOperations"));
	}

	@ParameterizedTest
	@CsvSource(
			textBlock = """
					io.micrometer.core.instrument.MeterRegistry,                       x402RevenueMeters
					io.micrometer.observation.ObservationRegistry,                     x402Observations
					org.springframework.boot.health.contributor.HealthIndicator,       x402HealthIndicator
					org.springframework.boot.health.autoconfigure.contributor.ConditionalOnEnabledHealthIndicator, x402HealthIndicator
					org.springframework.boot.actuate.autoconfigure.endpoint.condition.ConditionalOnAvailableEndpoint, x402Endpoint
					org.springdoc.core.customizers.GlobalOperationCustomizer,          x402AnnotatedOperations
					""")
	void aPartIsNotThereWithoutItsClass(String missing, String bean) {
		this.full.withClassLoader(new FilteredClassLoader(missing.trim()))
			.run((context) -> assertThat(context).hasNotFailed().hasBean("x402PaymentFilter").doesNotHaveBean(bean));
	}

	@Test
	void metersAndObservationsNeedARegistry() {
		this.runner.run((context) -> assertThat(context).doesNotHaveBean("x402RevenueMeters")
			.doesNotHaveBean("x402Observations"));
		this.full.withBean("second", MeterRegistry.class, SimpleMeterRegistry::new)
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean("x402RevenueMeters"));
	}

	@ParameterizedTest
	@CsvSource({ "management.health.x402.enabled=false, x402HealthIndicator",
			"management.info.x402.enabled=false, x402InfoContributor",
			"management.endpoints.web.exposure.include=health, x402Endpoint", "x402.enabled=false, x402RevenueMeters",
			"x402.enabled=false, x402Observations", "x402.enabled=false, x402Endpoint",
			"x402.enabled=false, x402HealthIndicator", "x402.enabled=false, x402AnnotatedOperations" })
	void aPartCanBeSwitchedOff(String property, String bean) {
		this.full.withPropertyValues(property)
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(bean));
	}

	@Test
	void ownBeansTakeThePlace() {
		HealthIndicator health = () -> null;
		InfoContributor info = (builder) -> {
		};
		GlobalOperationCustomizer operations = (operation, handler) -> operation;
		this.full.withBean("x402HealthIndicator", HealthIndicator.class, () -> health)
			.withBean("x402InfoContributor", InfoContributor.class, () -> info)
			.withBean("x402AnnotatedOperations", GlobalOperationCustomizer.class, () -> operations)
			.run((context) -> {
				assertThat(context.getBean("x402HealthIndicator")).isSameAs(health);
				assertThat(context.getBean("x402InfoContributor")).isSameAs(info);
				assertThat(context.getBean("x402AnnotatedOperations")).isSameAs(operations);
			});
	}

	@Test
	void theActuatorNeedsAFacilitatorToAsk() {
		this.full
			.withBean(PaymentGate.class,
					() -> new PaymentGate(FacilitatorOptions.of(URI.create("http://localhost:1")).connect()))
			.run((context) -> assertThat(context).hasNotFailed()
				.doesNotHaveBean("x402HealthIndicator")
				.doesNotHaveBean(X402Endpoint.class)
				.hasBean("x402InfoContributor"));
	}

	@Test
	void onlyServletApplicationsAreObserved() {
		new ApplicationContextRunner()
			.withConfiguration(AutoConfigurations.of(X402MetricsAutoConfiguration.class,
					X402ObservationAutoConfiguration.class, X402OpenApiAutoConfiguration.class))
			.withBean(MeterRegistry.class, SimpleMeterRegistry::new)
			.withBean(ObservationRegistry.class, ObservationRegistry::create)
			.run((context) -> assertThat(context).doesNotHaveBean("x402RevenueMeters")
				.doesNotHaveBean("x402Observations"));
	}

}
