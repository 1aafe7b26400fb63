package io.github.x402sessions.test;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;
import org.springframework.context.annotation.PropertySource;

/**
 * The beans that {@link AutoConfigureX402} adds to an application.
 */
@Configuration(proxyBeanMethods = false)
@PropertySource("classpath:io/github/x402sessions/test/defaults.properties")
class ScriptedFacilitatorConfiguration {

	@Bean
	@Primary
	ScriptedFacilitator scriptedFacilitator() {
		return ScriptedFacilitator.ofAnyKind();
	}

}
