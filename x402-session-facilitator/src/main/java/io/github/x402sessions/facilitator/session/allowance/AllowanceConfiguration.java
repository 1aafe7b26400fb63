package io.github.x402sessions.facilitator.session.allowance;

import io.github.x402sessions.facilitator.chain.TransferReadinessCache;
import io.github.x402sessions.facilitator.reconcile.ConsistencyMonitor;
import io.github.x402sessions.facilitator.session.SessionRepository;
import io.github.x402sessions.facilitator.session.SessionRules;
import io.github.x402sessions.stellar.balance.LedgerState;
import io.github.x402sessions.stellar.rpc.LedgerClock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Watches the allowances of sessions.
 */
@Configuration(proxyBeanMethods = false)
public class AllowanceConfiguration {

	@Bean
	AllowanceWatch allowanceWatch(SessionRules rules, SessionRepository store, LedgerState chain,
			TransferReadinessCache readiness, LedgerClock ledgers, ConsistencyMonitor books) {
		return new AllowanceWatch(rules, store, chain, readiness, ledgers, () -> books.doubt().isPresent());
	}

	@Bean(initMethod = "start")
	PeriodicAllowanceCheck allowanceRounds(SessionRules rules, SessionRepository store, AllowanceWatch watch,
			LedgerState chain, LedgerClock ledgers) {
		return new PeriodicAllowanceCheck(rules, store, watch, chain, ledgers);
	}

}
