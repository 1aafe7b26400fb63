package io.github.x402sessions.facilitator.scheme.session;

import java.time.Clock;

import io.github.x402sessions.facilitator.chain.TransferReadinessCache;
import io.github.x402sessions.facilitator.config.EngineProperties;
import io.github.x402sessions.facilitator.config.FacilitatorProperties;
import io.github.x402sessions.facilitator.deferred.DeferredSettlement;
import io.github.x402sessions.facilitator.deferred.hold.HeldPayments;
import io.github.x402sessions.facilitator.key.SpenderRoster;
import io.github.x402sessions.facilitator.limit.LimitUses;
import io.github.x402sessions.facilitator.limit.PeriodLimit;
import io.github.x402sessions.facilitator.limit.SharedLimit;
import io.github.x402sessions.facilitator.scheme.DeliveryTracker;
import io.github.x402sessions.facilitator.scheme.RecipientRules;
import io.github.x402sessions.facilitator.scheme.SchemeFacilitator;
import io.github.x402sessions.facilitator.session.SessionRepository;
import io.github.x402sessions.facilitator.session.SessionRules;
import io.github.x402sessions.facilitator.session.VerifiedHolds;
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
	SchemeFacilitator sessionScheme(SpendingPolicy policy, PaymentRules payments, AllowanceWatch allowances,
			TransferReadinessCache readiness, SessionFunding funding, SettlementEngine engine,
			DeferredSettlement deferred, HeldPayments held, DeliveryTracker deliveries) {
		PaymentAdmission admission = new PaymentAdmission(policy.rules().network(), payments, funding, engine, held,
				deliveries);
		return new SessionFacilitator(policy, payments, new OnChainCheck(allowances, payments.check(), readiness),
				funding, engine, deferred, new SessionSettlement(admission, payments, engine, deferred, held),
				new SessionHolds(admission, payments, engine, deferred, held));
	}

	@Bean
	PaymentRules paymentRules(SpendingPolicy policy, SessionRepository sessions, LedgerClock ledgers, LimitUses uses,
			VerifiedHolds holds, SpenderRoster roster, RecipientRules recipients) {
		VerifiedAmounts verified = new VerifiedAmounts(policy.hold(), holds);
		return new PaymentRules(new PaymentCheck(policy, sessions, ledgers, verified, roster, recipients),
				new SignatureCheck(Clock.systemUTC(), policy.memory()), verified,
				new SharedLimit(PeriodLimit.perMinute("calls", policy.callsPerMinute()), uses));
	}

	@Bean
	SpendingPolicy spendingPolicy(SessionRules rules, FacilitatorProperties properties, EngineProperties settings) {
		return new SpendingPolicy(rules, properties.minPerCallBaseUnits(), properties.maxPerCallBaseUnits(),
				properties.callsPerMinute(), properties.verifyHold(), settings.identifierRetention());
	}

}
