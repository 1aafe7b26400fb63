package io.github.x402sessions.webflux.autoconfigure;

import io.github.x402sessions.webflux.route.ExchangePaymentResolver;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.web.reactive.config.WebFluxConfigurer;
import org.springframework.web.reactive.result.method.annotation.ArgumentResolverConfigurer;

/**
 * {@link AutoConfiguration Auto-configuration} for the {@code Payment} arguments of
 * handler methods. It is there without payments too, so that the methods can be called.
 */
@AutoConfiguration
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.REACTIVE)
public final class X402ExchangePaymentAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean(name = "x402ExchangePaymentArgument")
	WebFluxConfigurer x402ExchangePaymentArgument() {
		return new WebFluxConfigurer() {

			@Override
			public void configureArgumentResolvers(ArgumentResolverConfigurer configurer) {
				configurer.addCustomResolver(new ExchangePaymentResolver());
			}

		};
	}

}
