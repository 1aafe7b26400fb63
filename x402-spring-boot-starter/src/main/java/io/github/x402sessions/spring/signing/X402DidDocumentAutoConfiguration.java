package io.github.x402sessions.spring.signing;

import io.github.x402sessions.core.offer.OfferSigner;
import io.github.x402sessions.servlet.DidDocumentFilter;
import jakarta.servlet.DispatcherType;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingFilterBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.core.Ordered;

/**
 * {@link AutoConfiguration Auto-configuration} that publishes the keys of an
 * {@link OfferSigner}.
 */
@AutoConfiguration(after = X402SigningAutoConfiguration.class)
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@ConditionalOnBean(OfferSigner.class)
public final class X402DidDocumentAutoConfiguration {

	/** In front of payments and passwords: what is published is for everybody. */
	@Bean
	@ConditionalOnMissingFilterBean
	FilterRegistrationBean<DidDocumentFilter> x402DidDocument(OfferSigner signer) {
		FilterRegistrationBean<DidDocumentFilter> registration = new FilterRegistrationBean<>(
				new DidDocumentFilter(signer));
		registration.addUrlPatterns("/.well-known/did.json", "/did.json");
		registration.setOrder(Ordered.HIGHEST_PRECEDENCE + 10);
		registration.setDispatcherTypes(DispatcherType.REQUEST);
		return registration;
	}

}
