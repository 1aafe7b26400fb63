package io.github.x402sessions.facilitator.deferred.retention;

import io.github.x402sessions.facilitator.schedule.Cleaning;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Forgetting of what was lent and paid, by whoever serves: payments count for a credit
 * where nothing is deferred yet, too.
 */
@Configuration(proxyBeanMethods = false)
public class LendingRetentionConfiguration {

	@Bean(initMethod = "start")
	Cleaning lendingCleaning(LendingRetention lending) {
		return new Cleaning("x402-lending", lending::forget);
	}

}
