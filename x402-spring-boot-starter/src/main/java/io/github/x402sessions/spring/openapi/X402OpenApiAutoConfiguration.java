package io.github.x402sessions.spring.openapi;

import io.github.x402sessions.spring.autoconfigure.X402WebMvcAutoConfiguration;
import io.github.x402sessions.spring.route.PropertiesRoutePricing;
import io.github.x402sessions.spring.webmvc.AnnotatedRoutePricing;
import org.springdoc.core.customizers.GlobalOpenApiCustomizer;
import org.springdoc.core.customizers.GlobalOperationCustomizer;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.web.servlet.DispatcherServlet;

/**
 * {@link AutoConfiguration Auto-configuration} that shows prices in the OpenAPI document
 * of springdoc.
 */
@AutoConfiguration(after = X402WebMvcAutoConfiguration.class)
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@ConditionalOnClass({ GlobalOperationCustomizer.class, DispatcherServlet.class })
public final class X402OpenApiAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean(name = "x402AnnotatedOperations")
	@ConditionalOnBean(AnnotatedRoutePricing.class)
	GlobalOperationCustomizer x402AnnotatedOperations(AnnotatedRoutePricing prices) {
		return (operation, handler) -> {
			prices.price(handler)
				.ifPresent((price) -> PricedOperation.describe(operation, price.route(), !price.isFixed()));
			return operation;
		};
	}

	@Bean
	@ConditionalOnMissingBean(name = "x402ConfiguredOperations")
	@ConditionalOnBean(PropertiesRoutePricing.class)
	GlobalOpenApiCustomizer x402ConfiguredOperations(PropertiesRoutePricing prices) {
		return (document) -> {
			if (document.getPaths() != null) {
				document.getPaths()
					.forEach((path, item) -> item.readOperationsMap()
						.forEach((method, operation) -> prices.find(method.name(), path)
							.filter((route) -> !PricedOperation.isDescribed(operation))
							.ifPresent((route) -> PricedOperation.describe(operation, route, false))));
			}
		};
	}

}
