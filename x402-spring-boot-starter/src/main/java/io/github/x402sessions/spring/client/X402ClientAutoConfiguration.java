package io.github.x402sessions.spring.client;

import io.github.x402sessions.adapter.spring.PayingInterceptor;
import io.github.x402sessions.client.Payments;
import io.github.x402sessions.client.Session;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnSingleCandidate;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.http.client.HttpClientSettings;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.client.ClientHttpRequestInterceptor;

/**
 * {@link AutoConfiguration Auto-configuration} for calls by {@code RestClient} and
 * {@code RestTemplate} that pay from a {@link Session}: the application's own bean, or
 * the saved one that {@code x402.client.session} names. The interceptor is put on no
 * client by itself, because who pays is the application's to say.
 */
@AutoConfiguration(afterName = "org.springframework.boot.http.client.autoconfigure.HttpClientAutoConfiguration")
@ConditionalOnClass({ Session.class, PayingInterceptor.class, ClientHttpRequestInterceptor.class })
@EnableConfigurationProperties(X402ClientProperties.class)
public final class X402ClientAutoConfiguration {

	/** A saved session outlives the process: closing it would take its allowance back. */
	@Bean(destroyMethod = "")
	@ConditionalOnMissingBean
	@ConditionalOnProperty("x402.client.session")
	Session x402ClientSession(X402ClientProperties properties) {
		return new SavedSessionSource(properties).open();
	}

	@Bean
	@ConditionalOnMissingBean
	@ConditionalOnSingleCandidate(Session.class)
	PayingInterceptor x402PayingInterceptor(Session session, ObjectProvider<PaidRequestFactory> paidRequests) {
		Payments payments = session.payments();
		PaidRequestFactory configured = paidRequests.getIfAvailable();
		return (configured != null) ? new PayingInterceptor(payments, configured.of(payments))
				: new PayingInterceptor(payments);
	}

	/**
	 * Sends what carries a payment as other requests are sent, where Boot configures
	 * those.
	 */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(HttpClientSettings.class)
	static class LikeOtherRequests {

		@Bean
		@ConditionalOnMissingBean
		@ConditionalOnBean(HttpClientSettings.class)
		PaidRequestFactory x402PaidRequests(HttpClientSettings settings) {
			return new ConfiguredPaidRequests(settings);
		}

	}

}
