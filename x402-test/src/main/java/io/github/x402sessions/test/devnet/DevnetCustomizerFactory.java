package io.github.x402sessions.test.devnet;

import java.util.List;

import org.jspecify.annotations.Nullable;
import org.springframework.test.context.ContextConfigurationAttributes;
import org.springframework.test.context.ContextCustomizer;
import org.springframework.test.context.ContextCustomizerFactory;
import org.springframework.test.context.TestContextAnnotationUtils;
import org.springframework.util.ClassUtils;

/**
 * Finds {@link AutoConfigureX402Devnet}. Knows nothing of the ledger itself, which need
 * not be there.
 */
final class DevnetCustomizerFactory implements ContextCustomizerFactory {

	private static final List<String> NEEDED = List.of(
			"x402-stellar-devnet:io.github.x402sessions.devnet.StellarDevnet",
			"x402-session-facilitator:io.github.x402sessions.facilitator.FacilitatorServer",
			"x402-session-client:io.github.x402sessions.client.SessionClient");

	@Override
	public @Nullable ContextCustomizer createContextCustomizer(Class<?> test,
			List<ContextConfigurationAttributes> configuration) {
		AutoConfigureX402Devnet annotation = TestContextAnnotationUtils.findMergedAnnotation(test,
				AutoConfigureX402Devnet.class);
		if (annotation == null) {
			return null;
		}
		for (String needed : NEEDED) {
			String[] module = needed.split(":", 2);
			if (!ClassUtils.isPresent(module[1], test.getClassLoader())) {
				throw new IllegalStateException(
						"@AutoConfigureX402Devnet takes " + module[0] + " on the class path of the test");
			}
		}
		return new DevnetCustomizer(annotation.ledgerInterval(), annotation.funds());
	}

}
