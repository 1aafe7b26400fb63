package io.github.x402sessions.facilitator.drain;

import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * The end of this node's work.
 */
@Configuration(proxyBeanMethods = false)
public class DrainConfiguration {

	@Bean
	Drain drain(ApplicationEventPublisher events) {
		return new Drain(events);
	}

	@Bean
	LastCalls lastCalls() {
		return new LastCalls();
	}

}
