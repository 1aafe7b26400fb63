package io.github.x402sessions.facilitator.limit;

import io.github.x402sessions.facilitator.schedule.Cleaning;
import io.github.x402sessions.facilitator.session.VerifiedHolds;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Forgetting of what was used of limits and held for payments, by whoever serves.
 */
@Configuration(proxyBeanMethods = false)
public class LimitConfiguration {

	@Bean(initMethod = "start")
	Cleaning limitCleaning(LimitUses uses, VerifiedHolds holds) {
		return new Cleaning("x402-limits", () -> uses.forget() || holds.forget());
	}

}
