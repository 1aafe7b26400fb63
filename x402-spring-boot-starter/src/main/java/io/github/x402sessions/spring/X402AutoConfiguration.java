package io.github.x402sessions.spring;

import java.net.URI;

import io.github.x402sessions.core.facilitator.Facilitator;
import io.github.x402sessions.core.facilitator.FacilitatorEndpoint;
import io.github.x402sessions.core.facilitator.FacilitatorOptions;
import io.github.x402sessions.core.facilitator.RefreshingFacilitator;
import io.github.x402sessions.core.gate.PaymentGate;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.util.StringUtils;

/**
 * {@link AutoConfiguration Auto-configuration} for the facilitator and the payment
 * decision.
 */
@AutoConfiguration
@ConditionalOnBooleanProperty(name = "x402.enabled", matchIfMissing = true)
@EnableConfigurationProperties(X402Properties.class)
public final class X402AutoConfiguration {

	/** A wrong URL is refused even if the application brings a Facilitator of its own. */
	X402AutoConfiguration(X402Properties properties) {
		String url = properties.facilitator().url();
		if (StringUtils.hasText(url)) {
			options(url);
		}
	}

	@Bean
	@ConditionalOnMissingBean
	Facilitator x402Facilitator(X402Properties properties) {
		return RefreshingFacilitator.start(FacilitatorEndpoint.of(options(properties.facilitator())));
	}

	@Bean
	@ConditionalOnMissingBean
	PaymentGate x402PaymentGate(Facilitator facilitator) {
		return new PaymentGate(facilitator);
	}

	private static FacilitatorOptions options(X402Properties.Facilitator facilitator) {
		if (!StringUtils.hasText(facilitator.url())) {
			throw new InvalidX402ConfigurationException("x402.facilitator.url", "no facilitator to verify and settle",
					"Set x402.facilitator.url to the base URL of a facilitator, or declare a Facilitator bean.");
		}
		FacilitatorOptions options = options(facilitator.url());
		try {
			return options.withConnectTimeout(facilitator.connectTimeout()).withReadTimeout(facilitator.readTimeout());
		}
		catch (IllegalArgumentException ex) {
			throw new InvalidX402ConfigurationException("x402.facilitator", String.valueOf(ex.getMessage()),
					"Set x402.facilitator.connect-timeout and x402.facilitator.read-timeout to positive durations, "
							+ "such as 2s.");
		}
	}

	private static FacilitatorOptions options(String url) {
		try {
			return FacilitatorOptions.of(URI.create(url));
		}
		catch (IllegalArgumentException ex) {
			throw new InvalidX402ConfigurationException("x402.facilitator.url",
					"'" + FacilitatorOptions.withoutSecrets(url) + "' is not a URL that can be called",
					"Set x402.facilitator.url to an absolute http or https URL without a user, such as "
							+ "http://localhost:4021.");
		}
	}

}
