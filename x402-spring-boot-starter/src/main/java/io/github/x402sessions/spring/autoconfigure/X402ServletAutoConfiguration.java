package io.github.x402sessions.spring.autoconfigure;

import java.net.URI;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

import io.github.x402sessions.core.facilitator.http.FacilitatorOptions;
import io.github.x402sessions.core.gate.PaymentGate;
import io.github.x402sessions.core.payment.SettlementListener;
import io.github.x402sessions.core.purchase.ResponseStore;
import io.github.x402sessions.servlet.PaymentFilter;
import io.github.x402sessions.servlet.PaymentFilterBuilder;
import io.github.x402sessions.servlet.route.CompositeRoutePricing;
import io.github.x402sessions.servlet.route.RoutePricing;
import io.github.x402sessions.spring.InvalidX402ConfigurationException;
import io.github.x402sessions.spring.X402FilterCustomizer;
import io.github.x402sessions.spring.X402Price;
import io.github.x402sessions.spring.X402Properties;
import io.github.x402sessions.spring.route.BeanTypes;
import io.github.x402sessions.spring.route.ConfiguredPage;
import io.github.x402sessions.spring.route.ConfiguredTerms;
import io.github.x402sessions.spring.route.ForeignPrices;
import io.github.x402sessions.spring.route.FreeAccess;
import io.github.x402sessions.spring.route.FreeDeclarations;
import io.github.x402sessions.spring.route.PropertiesRoutePricing;
import io.github.x402sessions.spring.route.ServedPaths;
import io.github.x402sessions.spring.route.UnmappedAnnotationCheck;
import io.github.x402sessions.spring.webmvc.AnnotatedRoutePricing;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingFilterBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnThreading;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.thread.Threading;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.core.task.VirtualThreadTaskExecutor;
import org.springframework.util.StringUtils;
import org.springframework.web.util.pattern.PathPatternParser;

/**
 * {@link AutoConfiguration Auto-configuration} for the {@link PaymentFilter} of a servlet
 * application. It prices by the application's own {@link RoutePricing} beans in their
 * order, then by {@link X402Price}, then by {@code x402.routes}.
 */
@AutoConfiguration(after = X402AutoConfiguration.class,
		afterName = "org.springframework.boot.webmvc.autoconfigure.WebMvcAutoConfiguration")
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@ConditionalOnBooleanProperty(name = "x402.enabled", matchIfMissing = true)
@ConditionalOnBean(PaymentGate.class)
public final class X402ServletAutoConfiguration {

	/** Just after Spring Security's filter chain, which Boot registers at -100. */
	static final int FILTER_ORDER = -98;

	/** Just before the first of Spring's filters that read forms, hidden methods'. */
	private static final int BODY_ORDER = -10001;

	@Bean
	@ConditionalOnMissingBean(name = "x402PropertiesRoutePricing")
	PropertiesRoutePricing x402PropertiesRoutePricing(X402Properties properties, ConfiguredTerms terms,
			@Qualifier("mvcPatternParser") ObjectProvider<PathPatternParser> parser, ObjectProvider<ServedPaths> served,
			ObjectProvider<FreeAccess> free) {
		return new PropertiesRoutePricing(properties.routes(), terms,
				() -> parser.stream().allMatch(PathPatternParser::isCaseSensitive), served::getIfAvailable,
				new FreeDeclarations(free::getIfAvailable));
	}

	@Bean
	@ConditionalOnMissingFilterBean
	FilterRegistrationBean<PaymentFilter> x402PaymentFilter(PaymentGate gate, ObjectProvider<RoutePricing> pricing,
			ObjectProvider<SettlementListener> listeners, ObjectProvider<X402FilterCustomizer> customizers,
			ResponseStore answers, X402Properties properties) {
		PaymentFilterBuilder builder = PaymentFilter.builder(gate, new CompositeRoutePricing(inOrder(pricing)));
		listeners.orderedStream().forEach(builder::listener);
		publicBaseUrl(builder, properties.publicBaseUrl());
		builder.responseStore(answers)
			.holdBudget((int) properties.holdBudget().toBytes())
			.maxResponseHeaderSize((int) properties.maxResponseHeaderSize().toBytes())
			.keepPaymentHeaders(properties.keepPaymentHeaders())
			.requireSignedBody(properties.requireSignedBody())
			.signedBodyLimit(properties.signedBodyLimit().toBytes())
			.page(ConfiguredPage.of(properties));
		customizers.orderedStream().forEach((customizer) -> customizer.customize(builder));
		FilterRegistrationBean<PaymentFilter> registration = new FilterRegistrationBean<>(builder.build());
		registration.setOrder(FILTER_ORDER);
		registration.setDispatcherTypes(DispatcherType.REQUEST, DispatcherType.ASYNC, DispatcherType.ERROR);
		return registration;
	}

	/** Also in front of what asks which handler a form is for. */
	@Bean
	@ConditionalOnMissingBean(name = "x402SignedBodies")
	@ConditionalOnBean(name = "x402PaymentFilter")
	FilterRegistrationBean<Filter> x402SignedBodies(
			@Qualifier("x402PaymentFilter") FilterRegistrationBean<PaymentFilter> payments) {
		PaymentFilter filter = Objects.requireNonNull(payments.getFilter(), "x402PaymentFilter registers no filter");
		FilterRegistrationBean<Filter> registration = new FilterRegistrationBean<>(filter.inFront());
		registration.setName("x402SignedBodies");
		registration.setOrder(BODY_ORDER);
		registration.setDispatcherTypes(DispatcherType.REQUEST);
		return registration;
	}

	@Bean
	@ConditionalOnMissingBean(name = "x402StreamConclusion")
	StreamConclusion x402StreamConclusion(ObjectProvider<FilterRegistrationBean<PaymentFilter>> registrations,
			ObjectProvider<PaymentFilter> filters) {
		return new StreamConclusion(() -> Stream.concat(
				registrations.stream()
					.flatMap((registration) -> Optional.ofNullable(registration.getFilter()).stream()),
				filters.stream()));
	}

	/** What settles beside handlers waits for a facilitator most of the time. */
	@Bean
	@ConditionalOnMissingBean(name = "x402VirtualThreads")
	@ConditionalOnThreading(Threading.VIRTUAL)
	@Order(Ordered.HIGHEST_PRECEDENCE)
	X402FilterCustomizer x402VirtualThreads() {
		VirtualThreadTaskExecutor threads = new VirtualThreadTaskExecutor("x402-settlement-");
		return (filter) -> filter.executor(threads);
	}

	/** Nothing here reads annotations, so none may be there. */
	@Bean
	@ConditionalOnMissingClass("org.springframework.web.servlet.DispatcherServlet")
	SmartInitializingSingleton x402UnreadAnnotations(ConfigurableApplicationContext context,
			ObjectProvider<ForeignPrices> foreign) {
		return () -> new UnmappedAnnotationCheck(Map.of(), ForeignPrices.of(foreign.stream()))
			.requireAll(new BeanTypes(context).all());
	}

	/** A broad configured route must not undercut the price of a method. */
	private static List<RoutePricing> inOrder(ObjectProvider<RoutePricing> pricing) {
		return pricing.orderedStream().sorted(Comparator.comparingInt(X402ServletAutoConfiguration::rank)).toList();
	}

	private static int rank(RoutePricing pricing) {
		if (pricing instanceof AnnotatedRoutePricing) {
			return 1;
		}
		return (pricing instanceof PropertiesRoutePricing) ? 2 : 0;
	}

	private static void publicBaseUrl(PaymentFilterBuilder builder, @Nullable String url) {
		if (!StringUtils.hasText(url)) {
			return;
		}
		try {
			builder.publicBaseUrl(URI.create(url));
		}
		catch (IllegalArgumentException ex) {
			throw new InvalidX402ConfigurationException("x402.public-base-url",
					"'" + FacilitatorOptions.withoutSecrets(url) + "' is not a base URL",
					"Set x402.public-base-url to an absolute http or https URL, such as https://shop.example.");
		}
	}

}
