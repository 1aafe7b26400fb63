package io.github.x402sessions.facilitator.config;

import java.time.Duration;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings for sessions and their keys.
 *
 * @param requireKey whether only sessions with a key are registered, whose every payment
 * is signed; those without one that there are go on
 * @param evidenceRetention how long what was signed for a payment is kept
 */
@ConfigurationProperties("facilitator.sessions")
public record SessionProperties(@DefaultValue("false") boolean requireKey,
		@DefaultValue("90d") Duration evidenceRetention) {

	private static final Duration SHORTEST = Duration.ofHours(1);

	/**
	 * Check the properties.
	 * @throws InvalidPropertyException if one is wrong
	 */
	public SessionProperties {
		if (evidenceRetention.compareTo(SHORTEST) < 0) {
			throw new InvalidPropertyException("sessions.evidence-retention", "is out of range",
					"Set it to at least 1h.");
		}
	}

}
