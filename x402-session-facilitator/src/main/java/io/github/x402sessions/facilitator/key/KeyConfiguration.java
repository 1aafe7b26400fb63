package io.github.x402sessions.facilitator.key;

import java.nio.file.Path;
import java.util.List;

import io.github.x402sessions.facilitator.config.SigningProperties;
import io.github.x402sessions.stellar.account.AccountKey;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * The keys, for whoever serves and for the commands.
 */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(SigningProperties.class)
public class KeyConfiguration {

	@Bean
	ConfiguredSpenders spenders(SigningProperties properties, ObjectProvider<SslBundles> bundles) {
		return ConfiguredSpenders.open(properties, bundles::getObject);
	}

	@Bean
	DerivationSecrets derivationSecrets(Spenders spenders, SigningProperties properties) {
		List<AccountKey> previous = properties.previousChannelSecrets().stream().map(AccountKey::of).toList();
		return new DerivationSecrets(spenders, own(properties), previous);
	}

	private static @Nullable AccountKey own(SigningProperties properties) {
		Path file = properties.channelSecretFile();
		if (file != null) {
			return ConfiguredSpenders.first("channel-secret-file", file);
		}
		String seed = properties.channelSecret();
		return (seed == null || seed.isBlank()) ? null : AccountKey.of(seed.trim());
	}

}
