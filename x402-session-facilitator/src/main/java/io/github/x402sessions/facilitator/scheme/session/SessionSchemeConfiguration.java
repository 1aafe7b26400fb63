package io.github.x402sessions.facilitator.scheme.session;

import java.time.Clock;

import io.github.x402sessions.facilitator.chain.TransferReadinessCache;
import io.github.x402sessions.facilitator.config.EngineProperties;
import io.github.x402sessions.facilitator.config.FacilitatorProperties;
import io.github.x402sessions.facilitator.deferred.DeferredSettlement;
import io.github.x402sessions.facilitator.scheme.DeliveryTracker;
import io.github.x402sessions.facilitator.scheme.SchemeFacilitator;
import io.github.x402sessions.facilitator.session.SessionRepository;
import io.github.x402sessions.facilitator.session.SessionRules;
import io.github.x402sessions.facilitator.session.allowance.AllowanceWatch;
import io.github.x402sessions.facilitator.settlement.SettlementEngine;
import io.github.x402sessions.stellar.rpc.LedgerClock;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * The session scheme.
 */
@Configuration(proxyBeanMethods = false)
public class SessionSchemeConfiguration {

	@Bean
	SchemeFacilitator sessionScheme(SessionRules rules, FacilitatorProperties properties, SessionRepository sessions,
			SessionFunding funding, LedgerClock ledgers, AllowanceWatch allowances, TransferReadinessCache readiness,
			SettlementEngine engine, DeliveryTracker deliveries, DeferredSettlement deferred,
			EngineProperties settings) {
		SpendingPolicy policy = new SpendingPolicy(rules, properties.minPerCallBaseUnits(),
				properties.maxPerCallBaseUnits(), properties.callsPerMinute(), properties.verifyHold(),
				settings.identifierRetention());
		return new SessionFacilitator(policy, sessions, funding, ledgers, allowances, readiness, engine, deliveries,
				deferred, Clock.systemUTC());
	}

}
