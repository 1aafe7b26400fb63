package io.github.x402sessions.spring.discovery;

import java.net.URI;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;

import io.github.x402sessions.core.gate.PaymentGate;
import io.github.x402sessions.core.terms.PriceList;
import io.github.x402sessions.spring.X402Properties;
import io.github.x402sessions.spring.autoconfigure.X402AutoConfiguration;
import io.github.x402sessions.spring.autoconfigure.X402ServletAutoConfiguration;
import io.github.x402sessions.spring.schema.JsonSchemas;
import io.github.x402sessions.spring.webmvc.HandlerDeclarations;
import jakarta.servlet.DispatcherType;
import org.springdoc.webmvc.api.OpenApiWebMvcResource;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.boot.webmvc.autoconfigure.DispatcherServletPath;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.util.StringUtils;
import org.springframework.util.function.SingletonSupplier;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.servlet.DispatcherServlet;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerAdapter;
import tools.jackson.databind.json.JsonMapper;

/**
 * {@link AutoConfiguration Auto-configuration} for what catalogues and agents are told.
 */
@AutoConfiguration(after = { X402AutoConfiguration.class, X402ServletAutoConfiguration.class })
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@ConditionalOnBooleanProperty(name = "x402.enabled", matchIfMissing = true)
@ConditionalOnBean(PaymentGate.class)
@EnableConfigurationProperties(X402DiscoveryProperties.class)
public final class X402DiscoveryAutoConfiguration {

	/** Between Spring Security and the payment filter. */
	private static final int ORDER = -99;

	@Bean
	@ConditionalOnMissingBean(name = "x402WellKnown")
	@ConditionalOnBooleanProperty(name = { "x402.discovery.enabled", "x402.discovery.well-known" },
			matchIfMissing = true)
	FilterRegistrationBean<WellKnownFilter> x402WellKnown(ObjectProvider<PriceList> prices, X402Properties properties) {
		URI base = StringUtils.hasText(properties.publicBaseUrl()) ? URI.create(properties.publicBaseUrl()) : null;
		Supplier<List<PriceList>> lists = () -> prices.orderedStream().toList();
		FilterRegistrationBean<WellKnownFilter> registration = new FilterRegistrationBean<>(
				new WellKnownFilter(new WellKnownDocument(lists, properties.service().info()), base));
		registration.addUrlPatterns(WellKnownFilter.PATH);
		registration.setOrder(ORDER);
		registration.setDispatcherTypes(DispatcherType.REQUEST);
		return registration;
	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass({ DispatcherServlet.class, JsonMapper.class })
	static class Handlers {

		@Bean
		@ConditionalOnMissingBean
		HandlerDeclarations x402HandlerDeclarations(X402DiscoveryProperties discovery, X402Properties properties,
				ObjectProvider<JsonMapper> mappers, ObjectProvider<RequestMappingHandlerAdapter> adapters,
				ObjectProvider<DispatcherServletPath> dispatcher, ObjectProvider<Documented> documents,
				Environment environment) {
			Supplier<HandlerReader> reader = SingletonSupplier
				.of(() -> new HandlerReader(new JsonSchemas(mappers.getIfUnique(JsonMapper::new)),
						resolvers(adapters)));
			String base = StringUtils.hasText(properties.publicBaseUrl())
					? URI.create(properties.publicBaseUrl()).getRawPath().replaceAll("/+$", "") : "";
			String prefix = base + environment.getProperty("server.servlet.context-path", "")
					+ dispatcher.stream().findFirst().map(DispatcherServletPath::getPrefix).orElse("");
			return new DescribedHandlers(discovery.enabled(), reader,
					() -> documents.stream().findFirst().map(Documented::reader).orElse(null), prefix,
					(int) properties.maxResponseHeaderSize().toBytes());
		}

		private static Supplier<List<HandlerMethodArgumentResolver>> resolvers(
				ObjectProvider<RequestMappingHandlerAdapter> adapters) {
			return SingletonSupplier.of(() -> adapters.stream()
				.flatMap((adapter) -> (adapter.getArgumentResolvers() != null) ? adapter.getArgumentResolvers().stream()
						: Stream.empty())
				.toList());
		}

	}

	/** Makes the document once it is asked for, when all singletons exist. */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(OpenApiWebMvcResource.class)
	static class Springdoc {

		@Bean
		@ConditionalOnMissingBean
		Documented x402Documented(BeanFactory beans) {
			return new Documented(beans);
		}

	}

}
