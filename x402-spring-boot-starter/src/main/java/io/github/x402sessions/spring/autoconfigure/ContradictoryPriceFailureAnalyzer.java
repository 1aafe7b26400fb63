package io.github.x402sessions.spring.autoconfigure;

import io.github.x402sessions.spring.X402Price;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.annotation.AnnotationConfigurationException;

/**
 * Explains an {@link X402Price} whose value and price differ. Spring finds that before we
 * do, because it looks for mappings first.
 */
final class ContradictoryPriceFailureAnalyzer extends AbstractFailureAnalyzer<AnnotationConfigurationException> {

	@Override
	protected @Nullable FailureAnalysis analyze(Throwable rootFailure, AnnotationConfigurationException cause) {
		String message = String.valueOf(cause.getMessage());
		if (!message.contains(X402Price.class.getName())) {
			return null;
		}
		return new FailureAnalysis(
				"A @X402Price has a value and a price that differ, and each is another name of the other. " + message,
				"Set only one of value and price.", cause);
	}

}
