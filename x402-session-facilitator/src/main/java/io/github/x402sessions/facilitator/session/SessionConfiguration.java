package io.github.x402sessions.facilitator.session;

import java.util.Set;

import io.github.x402sessions.facilitator.access.ServerDirectory;
import io.github.x402sessions.facilitator.config.FacilitatorProperties;
import io.github.x402sessions.facilitator.config.SessionProperties;
import io.github.x402sessions.facilitator.key.Spenders;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Sessions, and what the operator allows them.
 */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(SessionProperties.class)
public class SessionConfiguration {

	/** The ledgers in which a transaction may still land, at 5 seconds each, and some. */
	private static final long EXPIRY_MARGIN = 12;

	@Bean
	SessionRules sessionRules(FacilitatorProperties properties, SessionProperties sessions, Spenders spenders,
			ServerDirectory directory) {
		return new SessionRules(properties.network(), spenders, Set.copyOf(properties.assets()),
				Set.copyOf(properties.recipients()), properties.servedRecipients(), EXPIRY_MARGIN,
				sessions.requireKey(), directory);
	}

}
