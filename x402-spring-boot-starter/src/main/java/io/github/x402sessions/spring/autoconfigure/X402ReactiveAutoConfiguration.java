package io.github.x402sessions.spring.autoconfigure;

import io.github.x402sessions.spring.InvalidX402ConfigurationException;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;

/**
 * {@link AutoConfiguration Auto-configuration} that fails the start of a reactive
 * application without the module that charges for those: nothing in it would be charged.
 */
@AutoConfiguration
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.REACTIVE)
@ConditionalOnMissingClass("io.github.x402sessions.webflux.PaymentWebFilter")
@ConditionalOnBooleanProperty(name = "x402.enabled", matchIfMissing = true)
public final class X402ReactiveAutoConfiguration {

	X402ReactiveAutoConfiguration() {
		throw new InvalidX402ConfigurationException("x402",
				"this is a WebFlux application, and x402-spring-boot-starter charges for servlet applications",
				"Depend on io.github.x402-sessions:x402-spring-webflux in its place. Or use "
						+ "spring-boot-starter-webmvc, set spring.main.web-application-type=servlet, or "
						+ "x402.enabled=false where nothing is for sale.");
	}

}
