package io.github.x402sessions.spring.autoconfigure;

import java.util.List;

import io.github.x402sessions.spring.webmvc.PaymentArgumentResolver;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/**
 * {@link AutoConfiguration Auto-configuration} for the {@code Payment} arguments of
 * handler methods. It is there without payments too, so that the methods can be called.
 */
@AutoConfiguration
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@ConditionalOnClass(WebMvcConfigurer.class)
public final class X402PaymentArgumentAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean(name = "x402PaymentArgument")
	WebMvcConfigurer x402PaymentArgument() {
		return new WebMvcConfigurer() {

			@Override
			public void addArgumentResolvers(List<HandlerMethodArgumentResolver> resolvers) {
				resolvers.add(new PaymentArgumentResolver());
			}

		};
	}

}
