package io.github.x402sessions.spring.autoconfigure;

import io.github.x402sessions.core.facilitator.Facilitator;
import io.github.x402sessions.core.facilitator.http.ExtensionListener;
import io.github.x402sessions.core.facilitator.http.ExtensionListeners;
import io.github.x402sessions.core.gate.BazaarExtension;
import io.github.x402sessions.core.gate.ChallengeExtension;
import io.github.x402sessions.core.gate.PaymentGate;
import io.github.x402sessions.core.gate.ReceiptExtension;
import io.github.x402sessions.core.purchase.ResponseStore;
import io.github.x402sessions.core.terms.CommonTerms;
import io.github.x402sessions.spring.FacilitatorDecorator;
import io.github.x402sessions.spring.X402Properties;
import io.github.x402sessions.spring.route.ConfiguredTerms;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.thread.Threading;
import org.springframework.context.ApplicationListener;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Lazy;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.Environment;

/**
 * {@link AutoConfiguration Auto-configuration} for the facilitator and the payment
 * decision.
 */
@AutoConfiguration
@ConditionalOnBooleanProperty(name = "x402.enabled", matchIfMissing = true)
@EnableConfigurationProperties(X402Properties.class)
public final class X402AutoConfiguration {

	private static final Logger logger = LoggerFactory.getLogger(X402AutoConfiguration.class);

	private final FacilitatorSetup setup;

	/** A wrong URL is refused even if the application brings a Facilitator of its own. */
	X402AutoConfiguration(X402Properties properties, Environment environment,
			ObjectProvider<ExtensionListener> listeners) {
		this.setup = new FacilitatorSetup(properties, requests(environment),
				new ExtensionListeners(listeners::orderedStream));
		this.setup.check();
	}

	/** The defaults are those of Boot: of either container, and of Tomcat. */
	private static int requests(Environment environment) {
		if (Threading.VIRTUAL.isActive(environment)) {
			return environment.getProperty("server.tomcat.max-connections", Integer.class, 8192);
		}
		return environment.getProperty("server.tomcat.threads.max", Integer.class,
				environment.getProperty("server.jetty.threads.max", Integer.class, 200));
	}

	@Bean
	@ConditionalOnMissingBean({ Facilitator.class, PaymentGate.class })
	Facilitator x402Facilitator() {
		return this.setup.create();
	}

	@Bean
	@ConditionalOnMissingBean
	PaymentGate x402PaymentGate(Facilitator facilitator, X402Properties properties,
			ObjectProvider<FacilitatorDecorator> decorators, ObjectProvider<ChallengeExtension> challenges,
			ObjectProvider<ReceiptExtension> receipts) {
		Facilitator decorated = facilitator;
		for (FacilitatorDecorator decorator : decorators.orderedStream().toList()) {
			decorated = decorator.decorate(decorated);
		}
		return new PaymentGate(decorated, (int) properties.maxPaymentHeaderSize().toBytes(),
				challenges.orderedStream().toList(), receipts.orderedStream().toList());
	}

	/** The first to go where a challenge is too long. */
	@Bean
	@Order(Ordered.LOWEST_PRECEDENCE)
	@ConditionalOnMissingBean
	BazaarExtension x402BazaarExtension() {
		return new BazaarExtension();
	}

	@Bean
	@ConditionalOnMissingBean(name = "x402UnknownProperties")
	UnknownProperties x402UnknownProperties(ConfigurableApplicationContext context) {
		return new UnknownProperties(context, X402AutoConfiguration.class.getClassLoader());
	}

	/** Not before, because it would compete with the start for the processor. */
	@Bean
	@ConditionalOnMissingBean(name = "x402FacilitatorStart")
	ApplicationListener<ApplicationReadyEvent> x402FacilitatorStart(ObjectProvider<Facilitator> facilitators) {
		return (event) -> facilitators.forEach(FacilitatorSetup::begin);
	}

	/** Whoever sells nothing needs no terms. */
	@Bean
	@Lazy
	@ConditionalOnMissingBean
	CommonTerms x402CommonTerms(X402Properties properties) {
		return ConfiguredTerms.common(properties);
	}

	@Bean
	@Lazy
	@ConditionalOnMissingBean
	ConfiguredTerms x402ConfiguredTerms(CommonTerms common, X402Properties properties) {
		return new ConfiguredTerms(common, properties);
	}

	@Bean
	@ConditionalOnMissingBean
	ResponseStore x402ResponseStore(X402Properties properties) {
		logger.info("Answers for clients that ask again are kept in the memory of this instance for {}",
				properties.answers().retention());
		return ResponseStore.inMemory(properties.answers().retention(), properties.answers().maxMemory().toBytes());
	}

}
