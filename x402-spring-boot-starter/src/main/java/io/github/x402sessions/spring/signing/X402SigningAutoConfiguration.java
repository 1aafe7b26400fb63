package io.github.x402sessions.spring.signing;

import io.github.x402sessions.core.gate.ChallengeExtension;
import io.github.x402sessions.core.gate.ReceiptExtension;
import io.github.x402sessions.core.offer.OfferSigner;
import io.github.x402sessions.core.offer.SigningFailureListener;
import io.github.x402sessions.spring.X402Properties;
import io.github.x402sessions.spring.autoconfigure.X402AutoConfiguration;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.core.annotation.Order;

/**
 * {@link AutoConfiguration Auto-configuration} for signed offers and receipts, where the
 * application has a key for them or brings an {@link OfferSigner}.
 */
@AutoConfiguration(before = X402AutoConfiguration.class)
@ConditionalOnBooleanProperty(name = "x402.enabled", matchIfMissing = true)
@EnableConfigurationProperties(X402Properties.class)
public final class X402SigningAutoConfiguration {

	/** What is made of the routes themselves is of less use to a buyer. */
	static final int ORDER = 0;

	@Bean
	@ConditionalOnMissingBean
	@ConditionalOnProperty("x402.signing.key")
	OfferSigner x402OfferSigner(X402Properties properties, ObjectProvider<SigningFailureListener> failures) {
		return new ConfiguredSigner(properties)
			.create((what) -> failures.orderedStream().forEach((listener) -> listener.failed(what)));
	}

	@Bean
	@Order(ORDER)
	@ConditionalOnBean(OfferSigner.class)
	@ConditionalOnMissingBean(name = "x402SignedOffers")
	ChallengeExtension x402SignedOffers(OfferSigner signer) {
		return signer.offers();
	}

	@Bean
	@Order(ORDER)
	@ConditionalOnBean(OfferSigner.class)
	@ConditionalOnMissingBean(name = "x402SignedReceipts")
	ReceiptExtension x402SignedReceipts(OfferSigner signer) {
		return signer.receipts();
	}

}
