package io.github.x402sessions.spring.answers;

import io.github.x402sessions.spring.X402Properties;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.health.autoconfigure.contributor.ConditionalOnEnabledHealthIndicator;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;

/**
 * {@link EnableAutoConfiguration Auto-configuration} for the health of a store of answers
 * that instances share.
 */
@AutoConfiguration(after = X402AnswersAutoConfiguration.class)
@ConditionalOnClass({ HealthIndicator.class, ConditionalOnEnabledHealthIndicator.class })
@ConditionalOnBean(SharedAnswers.class)
@ConditionalOnEnabledHealthIndicator("x402answers")
public final class X402AnswersHealthAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean(name = { "x402AnswersHealthIndicator", "x402AnswersHealthContributor" })
	HealthIndicator x402AnswersHealthIndicator(SharedAnswers answers, X402Properties properties) {
		return new AnswersHealthIndicator(answers, properties.answers());
	}

}
