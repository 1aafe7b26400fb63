package io.github.x402sessions.spring.autoconfigure;

import io.github.x402sessions.spring.InvalidX402ConfigurationException;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/**
 * Explains an {@link InvalidX402ConfigurationException} instead of a stack trace.
 */
final class InvalidX402ConfigurationFailureAnalyzer extends AbstractFailureAnalyzer<InvalidX402ConfigurationException> {

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, InvalidX402ConfigurationException cause) {
		return new FailureAnalysis("The x402 configuration is not usable. " + cause.getMessage(), cause.action(),
				cause);
	}

}
