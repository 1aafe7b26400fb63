package io.github.x402sessions.spring.answers;

import java.util.Locale;

import io.github.x402sessions.core.purchase.AnswersUnavailableException;
import io.github.x402sessions.spring.X402Properties;

import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/**
 * Tells whether the shared store of answers answers. Where payments go on without it,
 * nothing is down.
 */
final class AnswersHealthIndicator implements HealthIndicator {

	private final SharedAnswers answers;

	private final String store;

	AnswersHealthIndicator(SharedAnswers answers, X402Properties.Answers properties) {
		this.answers = answers;
		this.store = properties.store().name().toLowerCase(Locale.ROOT);
	}

	@Override
	public Health health() {
		Health.Builder health = Health.up();
		try {
			this.answers.ping();
		}
		catch (AnswersUnavailableException ex) {
			health = (this.answers.isForgetful() ? Health.unknown() : Health.down()).withDetail("problem",
					"the store of answers does not answer");
		}
		return health.withDetail("store", this.store).build();
	}

}
