package io.github.x402sessions.facilitator.session.evidence;

import io.github.x402sessions.facilitator.config.SessionProperties;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Forgetting of evidence, by whoever serves.
 */
@Configuration(proxyBeanMethods = false)
public class EvidenceConfiguration {

	@Bean(initMethod = "start")
	EvidenceRetention evidenceRetention(EvidenceRepository evidence, SessionProperties properties) {
		return new EvidenceRetention(evidence, properties.evidenceRetention());
	}

}
