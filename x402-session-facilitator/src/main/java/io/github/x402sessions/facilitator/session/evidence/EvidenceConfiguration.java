package io.github.x402sessions.facilitator.session.evidence;

import io.github.x402sessions.facilitator.config.SessionProperties;
import io.github.x402sessions.facilitator.schedule.Cleaning;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Forgetting of evidence, by whoever serves.
 */
@Configuration(proxyBeanMethods = false)
public class EvidenceConfiguration {

	@Bean(initMethod = "start")
	Cleaning evidenceCleaning(EvidenceRepository evidence, SessionProperties properties) {
		return new Cleaning("x402-evidence",
				() -> evidence.forget(properties.evidenceRetention()) == EvidenceRepository.FORGOTTEN_AT_ONCE);
	}

}
