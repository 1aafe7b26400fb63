package io.github.x402sessions.spring.deferral;

import java.time.Clock;

import io.github.x402sessions.core.facilitator.Facilitator;
import io.github.x402sessions.core.facilitator.notice.NoticeCursor;
import io.github.x402sessions.core.gate.PaymentGate;
import io.github.x402sessions.core.payment.SettlementListener;
import io.github.x402sessions.core.payment.SettlementListeners;
import io.github.x402sessions.core.terms.PriceList;
import io.github.x402sessions.spring.autoconfigure.X402PricesAutoConfiguration;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;

/**
 * {@link EnableAutoConfiguration Auto-configuration} for what is owed to the application
 * by deferred payments, and what becomes of them.
 */
@AutoConfiguration(after = X402PricesAutoConfiguration.class)
@ConditionalOnBooleanProperty(name = "x402.enabled", matchIfMissing = true)
@ConditionalOnBean({ PaymentGate.class, Facilitator.class, PriceList.class })
public final class X402DeferralAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean
	NoticeCursor x402NoticeCursor() {
		return NoticeCursor.inMemory();
	}

	@Bean
	@ConditionalOnMissingBean
	OpenPayments x402OpenPayments() {
		return new OpenPayments(Clock.systemUTC());
	}

	@Bean
	@ConditionalOnMissingBean(name = "x402DeferralFollower")
	DeferralFollower x402DeferralFollower(Facilitator facilitator, ObjectProvider<PriceList> pricing,
			NoticeCursor cursor, OpenPayments open, ObjectProvider<SettlementListener> listeners) {
		return new DeferralFollower(facilitator, pricing, cursor, open,
				new SettlementListeners(listeners.orderedStream().toList()));
	}

}
