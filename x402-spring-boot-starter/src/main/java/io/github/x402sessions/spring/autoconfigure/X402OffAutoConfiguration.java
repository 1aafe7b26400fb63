package io.github.x402sessions.spring.autoconfigure;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.context.annotation.Bean;

/**
 * {@link AutoConfiguration Auto-configuration} that says in the log that nothing is
 * charged, where {@code x402.enabled} is {@code false}.
 */
@AutoConfiguration
@ConditionalOnBooleanProperty(name = "x402.enabled", havingValue = false)
public final class X402OffAutoConfiguration {

	private static final Logger logger = LoggerFactory.getLogger(X402OffAutoConfiguration.class);

	@Bean
	@ConditionalOnMissingBean(name = "x402OffLog")
	ApplicationListener<ApplicationReadyEvent> x402OffLog() {
		return (event) -> logger.warn("x402.enabled is false: nothing is charged, all priced routes are free");
	}

}
