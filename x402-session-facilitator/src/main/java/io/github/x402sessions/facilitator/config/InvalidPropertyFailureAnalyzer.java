package io.github.x402sessions.facilitator.config;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/**
 * Turns an {@link InvalidPropertyException} into a message that names the property and
 * the fix. It comes before Spring Boot's own analysis of the binding, which would print
 * the value.
 */
@Order(Ordered.HIGHEST_PRECEDENCE)
public class InvalidPropertyFailureAnalyzer extends AbstractFailureAnalyzer<InvalidPropertyException> {

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, InvalidPropertyException cause) {
		return new FailureAnalysis(String.valueOf(cause.getMessage()), cause.fix(), cause);
	}

}
