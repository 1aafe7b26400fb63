package io.github.x402sessions.spring.answers;

import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.ToLongFunction;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.FunctionTimer;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;

/**
 * {@link EnableAutoConfiguration Auto-configuration} for the figures of a store of
 * answers that instances share.
 */
@AutoConfiguration(after = X402AnswersAutoConfiguration.class)
@ConditionalOnClass(MeterRegistry.class)
@ConditionalOnBean(SharedAnswers.class)
public final class X402AnswersMetricsAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean(name = "x402AnswersMeters")
	MeterBinder x402AnswersMeters(SharedAnswers answers) {
		return (registry) -> bind(registry, answers.figures());
	}

	private static void bind(MeterRegistry registry, AnswerFigures figures) {
		for (AnswerFigures.Outcome outcome : AnswerFigures.Outcome.values()) {
			FunctionCounter.builder("x402.answers.claims", figures, (all) -> all.claims(outcome))
				.description("Requests with a payment identifier, by what was known of it")
				.tag("known", outcome.name().toLowerCase(Locale.ROOT))
				.register(registry);
		}
		FunctionTimer
			.builder("x402.answers.calls", figures, AnswerFigures::calls, AnswerFigures::nanos, TimeUnit.NANOSECONDS)
			.description("Calls that the store of answers has answered")
			.register(registry);
		counter(registry, figures, "failures", "Calls that it has not answered, and answers that could not be read",
				AnswerFigures::failures);
		counter(registry, figures, "lost", "Claims that another instance has taken over", AnswerFigures::losses);
		Gauge.builder("x402.answers.held", figures, AnswerFigures::held)
			.description("Claims that this instance has")
			.register(registry);
		Gauge.builder("x402.answers.waiting", figures, AnswerFigures::waiting)
			.description("Ends of purchases that wait for the store")
			.register(registry);
	}

	private static void counter(MeterRegistry registry, AnswerFigures figures, String name, String description,
			ToLongFunction<AnswerFigures> value) {
		FunctionCounter.builder("x402.answers." + name, figures, value::applyAsLong)
			.description(description)
			.register(registry);
	}

}
