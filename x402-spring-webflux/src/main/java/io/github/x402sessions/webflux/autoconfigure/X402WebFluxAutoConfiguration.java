package io.github.x402sessions.webflux.autoconfigure;

import java.net.URI;
import java.util.Comparator;
import java.util.List;

import io.github.x402sessions.core.facilitator.http.FacilitatorOptions;
import io.github.x402sessions.core.gate.PaymentGate;
import io.github.x402sessions.core.offer.OfferSigner;
import io.github.x402sessions.core.payment.SettlementListener;
import io.github.x402sessions.core.purchase.ResponseStore;
import io.github.x402sessions.spring.CallBounds;
import io.github.x402sessions.spring.InvalidX402ConfigurationException;
import io.github.x402sessions.spring.X402Price;
import io.github.x402sessions.spring.X402Properties;
import io.github.x402sessions.spring.route.BeanTypes;
import io.github.x402sessions.spring.route.ConfiguredPage;
import io.github.x402sessions.spring.route.ConfiguredPrices;
import io.github.x402sessions.spring.route.ConfiguredTerms;
import io.github.x402sessions.spring.route.ForeignPrices;
import io.github.x402sessions.spring.route.FreeDeclarations;
import io.github.x402sessions.spring.route.PriceReader;
import io.github.x402sessions.webflux.DidDocumentWebFilter;
import io.github.x402sessions.webflux.ExchangePricing;
import io.github.x402sessions.webflux.PaymentWebFilter;
import io.github.x402sessions.webflux.PaymentWebFilterBuilder;
import io.github.x402sessions.webflux.PaymentWebFilterCustomizer;
import io.github.x402sessions.webflux.route.AnnotatedExchangePricing;
import io.github.x402sessions.webflux.route.BackstopAdapter;
import io.github.x402sessions.webflux.route.CompositeExchangePricing;
import io.github.x402sessions.webflux.route.ConfiguredExchangePricing;
import io.github.x402sessions.webflux.route.ReactiveHandlers;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.Environment;
import org.springframework.http.codec.ServerCodecConfigurer;
import org.springframework.util.StringUtils;
import org.springframework.web.reactive.HandlerAdapter;
import org.springframework.web.reactive.handler.AbstractUrlHandlerMapping;

/**
 * {@link AutoConfiguration Auto-configuration} for the {@link PaymentWebFilter} of a
 * reactive application. It prices by the application's own {@link ExchangePricing} beans
 * in their order, then by {@link X402Price}, then by {@code x402.routes}.
 */
@AutoConfiguration(
		afterName = { "io.github.x402sessions.spring.autoconfigure.X402AutoConfiguration",
				"io.github.x402sessions.spring.signing.X402SigningAutoConfiguration",
				"org.springframework.boot.webflux.autoconfigure.WebFluxAutoConfiguration" },
		beforeName = "io.github.x402sessions.spring.autoconfigure.X402PricesAutoConfiguration")
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.REACTIVE)
@ConditionalOnBooleanProperty(name = "x402.enabled", matchIfMissing = true)
@ConditionalOnBean(PaymentGate.class)
public final class X402WebFluxAutoConfiguration {

	/**
	 * Just after Spring Security's filter, which Boot puts at -100: who is refused a page
	 * is not asked for money. Whatever reads or changes bodies and paths stands behind.
	 */
	static final int FILTER_ORDER = -98;

	/** How many requests are taken to be for facilitators at a time. */
	private static final int REQUESTS = 200;

	private static final int WAITING = 1000;

	/** Find stored answers, and refuse what the facilitators have no place for. */
	private static final int SPARE = 14;

	/** What declares free calls stops the start. */
	private static final FreeDeclarations NOTHING_FREE = new FreeDeclarations(() -> null);

	@Bean
	@ConditionalOnMissingBean
	BeanTypes x402BeanTypes(ConfigurableApplicationContext context) {
		return new BeanTypes(context);
	}

	@Bean
	@ConditionalOnMissingBean
	ReactiveHandlers x402ReactiveHandlers(ConfigurableApplicationContext context, BeanTypes types) {
		return new ReactiveHandlers(context, types);
	}

	@Bean
	@ConditionalOnMissingBean
	ConfiguredExchangePricing x402ConfiguredExchangePricing(X402Properties properties, ConfiguredTerms terms,
			ReactiveHandlers handlers) {
		return new ConfiguredExchangePricing(
				new ConfiguredPrices(properties.routes(), terms, handlers::isCaseSensitive, NOTHING_FREE));
	}

	@Bean
	@ConditionalOnMissingBean
	AnnotatedExchangePricing x402AnnotatedExchangePricing(ReactiveHandlers handlers, BeanTypes types,
			ConfigurableApplicationContext context, ConfiguredTerms terms, ObjectProvider<ForeignPrices> foreign) {
		return new AnnotatedExchangePricing(handlers, types,
				new PriceReader(context.getBeanFactory(), terms, NOTHING_FREE), ForeignPrices.of(foreign.stream()));
	}

	@Bean
	@Order(FILTER_ORDER)
	@ConditionalOnMissingBean
	PaymentWebFilter x402PaymentWebFilter(PaymentGate gate, ObjectProvider<ExchangePricing> pricing,
			ObjectProvider<SettlementListener> listeners, ObjectProvider<PaymentWebFilterCustomizer> customizers,
			ResponseStore answers, ObjectProvider<ServerCodecConfigurer> codecs, X402Properties properties) {
		PaymentWebFilterBuilder builder = PaymentWebFilter.builder(gate,
				new CompositeExchangePricing(inOrder(pricing)));
		listeners.orderedStream().forEach(builder::listener);
		codecs.ifAvailable(builder::codecs);
		publicBaseUrl(builder, properties.publicBaseUrl());
		threads(builder, properties);
		builder.responseStore(answers)
			.holdBudget((int) properties.holdBudget().toBytes())
			.maxResponseHeaderSize((int) properties.maxResponseHeaderSize().toBytes())
			.keepPaymentHeaders(properties.keepPaymentHeaders())
			.requireSignedBody(properties.requireSignedBody())
			.signedBodyLimit(properties.signedBodyLimit().toBytes())
			.page(ConfiguredPage.of(properties));
		customizers.orderedStream().forEach((customizer) -> customizer.customize(builder));
		return builder.build();
	}

	/** In front of payments and passwords: what is published is for everybody. */
	@Bean
	@Order(Ordered.HIGHEST_PRECEDENCE + 10)
	@ConditionalOnBean(OfferSigner.class)
	@ConditionalOnMissingBean
	DidDocumentWebFilter x402DidDocumentWebFilter(OfferSigner signer) {
		return new DidDocumentWebFilter(signer);
	}

	@Bean
	@ConditionalOnMissingBean
	BackstopAdapter x402BackstopAdapter(AnnotatedExchangePricing annotations, ConfiguredExchangePricing configured,
			ObjectProvider<HandlerAdapter> adapters) {
		return new BackstopAdapter(annotations, configured,
				() -> adapters.orderedStream().filter((adapter) -> !(adapter instanceof BackstopAdapter)).toList());
	}

	@Bean
	@ConditionalOnMissingBean
	ExchangeStreamConclusion x402ExchangeStreamConclusion(PaymentWebFilter filter) {
		return new ExchangeStreamConclusion(filter);
	}

	@Bean
	@ConditionalOnMissingBean
	ReactiveSupportCheck x402ReactiveSupportCheck(Environment environment, X402Properties properties,
			ObjectProvider<AbstractUrlHandlerMapping> mappings) {
		return new ReactiveSupportCheck(environment, !properties.routes().isEmpty(), mappings.stream().toList());
	}

	/** A broad configured route must not undercut the price of a method. */
	private static List<ExchangePricing> inOrder(ObjectProvider<ExchangePricing> pricing) {
		return pricing.orderedStream().sorted(Comparator.comparingInt(X402WebFluxAutoConfiguration::rank)).toList();
	}

	private static int rank(ExchangePricing pricing) {
		if (pricing instanceof AnnotatedExchangePricing) {
			return 1;
		}
		return (pricing instanceof ConfiguredExchangePricing) ? 2 : 0;
	}

	/**
	 * As many as may wait for the facilitators, all of them together, and some whom these
	 * refuse at once.
	 */
	private static void threads(PaymentWebFilterBuilder builder, X402Properties properties) {
		CallBounds bounds = CallBounds.within(REQUESTS).unless(properties.facilitator());
		int facilitators = 1 + properties.facilitators().size();
		builder.threads(2 * bounds.verifies() * facilitators + SPARE, bounds.settles() * facilitators, WAITING);
	}

	private static void publicBaseUrl(PaymentWebFilterBuilder builder, @Nullable String url) {
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
