package io.github.x402sessions.test.devnet;

import java.util.List;
import java.util.Map;

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

	private static final Map<String, String> NEEDED = Map.of("io.github.x402sessions.devnet.StellarDevnet",
			"x402-stellar-devnet", "io.github.x402sessions.facilitator.FacilitatorServer", "x402-session-facilitator",
			"io.github.x402sessions.client.SessionClient", "x402-session-client");

	@Override
	public @Nullable ContextCustomizer createContextCustomizer(Class<?> test,
			List<ContextConfigurationAttributes> configuration) {
		AutoConfigureX402Devnet annotation = TestContextAnnotationUtils.findMergedAnnotation(test,
				AutoConfigureX402Devnet.class);
		if (annotation == null) {
			return null;
		}
		NEEDED.forEach((type, module) -> {
			if (!ClassUtils.isPresent(type, test.getClassLoader())) {
				throw new IllegalStateException(
						"@AutoConfigureX402Devnet takes " + module + " on the class path of the test");
			}
		});
		return new DevnetCustomizer(annotation.ledgerInterval(), annotation.funds());
	}

}
