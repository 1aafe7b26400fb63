package io.github.x402sessions.spring.autoconfigure;

import io.github.x402sessions.core.gate.PaymentGate;
import io.github.x402sessions.spring.X402Properties;
import io.github.x402sessions.spring.route.BeanTypes;
import io.github.x402sessions.spring.route.ForeignPrices;
import io.github.x402sessions.spring.route.ConfiguredTerms;
import io.github.x402sessions.spring.route.FreeAccess;
import io.github.x402sessions.spring.route.FreeDeclarations;
import io.github.x402sessions.spring.route.PriceReader;
import io.github.x402sessions.spring.route.PropertiesRoutePricing;
import io.github.x402sessions.spring.route.ServedPaths;
import io.github.x402sessions.spring.webmvc.AnnotatedRoutePricing;
import io.github.x402sessions.spring.webmvc.ControllerMethods;
import io.github.x402sessions.spring.webmvc.GatewayRouteCheck;
import io.github.x402sessions.spring.webmvc.HandlerCorsFilter;
import io.github.x402sessions.spring.webmvc.HandlerDeclarations;
import io.github.x402sessions.spring.webmvc.HandlerLookup;
import io.github.x402sessions.spring.webmvc.PaymentBackstop;
import io.github.x402sessions.spring.webmvc.PriceConflicts;
import io.github.x402sessions.spring.webmvc.StaticResourcePaths;
import io.github.x402sessions.spring.webmvc.UnpricedForwardCheck;
import io.github.x402sessions.spring.webmvc.UnreachableRouteCheck;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.boot.webmvc.autoconfigure.DispatcherServletPath;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.web.context.WebApplicationContext;
import org.springframework.web.servlet.DispatcherServlet;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import org.springframework.web.servlet.handler.MappedInterceptor;

/**
 * {@link AutoConfiguration Auto-configuration} for what Spring MVC adds: prices of
 * handler methods, and checks that nothing priced can be reached for free.
 */
@AutoConfiguration(after = X402ServletAutoConfiguration.class,
		afterName = "org.springframework.boot.webmvc.autoconfigure.WebMvcAutoConfiguration")
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@ConditionalOnClass(DispatcherServlet.class)
@ConditionalOnBooleanProperty(name = "x402.enabled", matchIfMissing = true)
@ConditionalOnBean(PaymentGate.class)
public final class X402WebMvcAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean
	BeanTypes x402BeanTypes(ConfigurableApplicationContext context) {
		return new BeanTypes(context);
	}

	@Bean
	@ConditionalOnMissingBean
	ControllerMethods x402ControllerMethods(ConfigurableApplicationContext context, BeanTypes types) {
		return new ControllerMethods(context, types);
	}

	@Bean
	@ConditionalOnMissingBean(name = "x402AnnotatedRoutePricing")
	AnnotatedRoutePricing x402AnnotatedRoutePricing(ControllerMethods methods, BeanTypes types,
			ConfigurableApplicationContext context, ConfiguredTerms terms, ObjectProvider<ForeignPrices> foreign,
			ObjectProvider<HandlerDeclarations> declarations, ObjectProvider<FreeAccess> free) {
		return new AnnotatedRoutePricing(methods, new HandlerLookup(), types,
				new PriceReader(context.getBeanFactory(), terms, new FreeDeclarations(free::getIfAvailable)),
				ForeignPrices.of(foreign.stream()), declarations::getIfAvailable);
	}

	/** Between Spring Security and the payment filter. */
	@Bean
	@ConditionalOnMissingBean(name = "x402HandlerCorsFilter")
	FilterRegistrationBean<HandlerCorsFilter> x402HandlerCorsFilter(ControllerMethods methods) {
		FilterRegistrationBean<HandlerCorsFilter> registration = new FilterRegistrationBean<>(
				new HandlerCorsFilter(methods, new HandlerLookup()));
		registration.setOrder(X402ServletAutoConfiguration.FILTER_ORDER - 1);
		return registration;
	}

	@Bean
	@ConditionalOnMissingBean(name = "x402PriceConflicts")
	PriceConflicts x402PriceConflicts(X402Properties properties, ObjectProvider<AnnotatedRoutePricing> annotations,
			ObjectProvider<DispatcherServletPath> dispatcher) {
		return new PriceConflicts(properties.routes(), annotations, prefix(dispatcher));
	}

	private static String prefix(ObjectProvider<DispatcherServletPath> dispatcher) {
		return dispatcher.stream().findFirst().map(DispatcherServletPath::getPrefix).orElse("");
	}

	@Bean
	@ConditionalOnMissingBean(name = "x402FreeForwards")
	@ConditionalOnBean(PropertiesRoutePricing.class)
	UnpricedForwardCheck x402FreeForwards(ControllerMethods methods, PropertiesRoutePricing prices) {
		return new UnpricedForwardCheck(methods, prices);
	}

	@Bean
	@ConditionalOnMissingBean
	ServedPaths x402ServedPaths(ControllerMethods methods) {
		return new StaticResourcePaths(methods, new HandlerLookup());
	}

	@Bean
	@ConditionalOnMissingBean(name = "x402UnreachableRoutes")
	UnreachableRouteCheck x402UnreachableRoutes(X402Properties properties, ControllerMethods methods,
			WebApplicationContext context, ObjectProvider<DispatcherServletPath> dispatcher) {
		return new UnreachableRouteCheck(properties, methods, context.getServletContext(), prefix(dispatcher));
	}

	@Bean
	@ConditionalOnMissingBean(name = "x402WideGatewayRoutes")
	GatewayRouteCheck x402WideGatewayRoutes(X402Properties properties, ControllerMethods methods,
			ObjectProvider<DispatcherServletPath> dispatcher) {
		return new GatewayRouteCheck(properties, methods, prefix(dispatcher));
	}

	/** Unlike those of a WebMvcConfigurer, it stands before each and every mapping. */
	@Bean
	@ConditionalOnMissingBean(name = "x402PaymentBackstop")
	MappedInterceptor x402PaymentBackstop(ObjectProvider<AnnotatedRoutePricing> annotations,
			ObjectProvider<PropertiesRoutePricing> properties, WebApplicationContext context) {
		return new MappedInterceptor(null, null, new PaymentBackstop(annotations.getIfAvailable(),
				properties.getIfAvailable(), context.getServletContext()));
	}

}
