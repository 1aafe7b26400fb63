package io.github.x402sessions.spring.autoconfigure;

import io.github.x402sessions.core.facilitator.Facilitator;
import io.github.x402sessions.core.gate.PaymentGate;
import io.github.x402sessions.core.terms.PriceList;
import io.github.x402sessions.spring.X402Properties;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;

/**
 * {@link EnableAutoConfiguration Auto-configuration} for the checks and the log of
 * whatever has a price, routes and others.
 */
@AutoConfiguration(after = { X402ServletAutoConfiguration.class, X402WebMvcAutoConfiguration.class })
@ConditionalOnBooleanProperty(name = "x402.enabled", matchIfMissing = true)
@ConditionalOnBean({ PaymentGate.class, PriceList.class })
public final class X402PricesAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean(name = "x402StrictStart")
	@ConditionalOnBean(Facilitator.class)
	@ConditionalOnBooleanProperty("x402.facilitator.strict-start")
	StrictStart x402StrictStart(Facilitator facilitator, PaymentGate gate, ObjectProvider<PriceList> pricing) {
		return new StrictStart(facilitator, gate, pricing);
	}

	@Bean
	@ConditionalOnMissingBean(name = "x402ChargesLog")
	ChargesLog x402ChargesLog(ObjectProvider<PriceList> pricing, ObjectProvider<Facilitator> facilitators) {
		return new ChargesLog(pricing, facilitators);
	}

	@Bean
	@ConditionalOnMissingBean(name = "x402SupportLog")
	RouteSupportLog x402SupportLog(PaymentGate gate, ObjectProvider<PriceList> pricing,
			ObjectProvider<Facilitator> facilitators, X402Properties properties) {
		return new RouteSupportLog(gate, pricing, facilitators, properties.facilitator().startCheck());
	}

	@Bean
	@ConditionalOnMissingBean(name = "x402PaymentLog")
	PaymentLog x402PaymentLog() {
		return new PaymentLog();
	}

}
