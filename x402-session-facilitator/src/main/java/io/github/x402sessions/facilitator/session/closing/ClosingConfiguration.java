package io.github.x402sessions.facilitator.session.closing;

import io.github.x402sessions.facilitator.deferred.PromisedPayments;
import io.github.x402sessions.facilitator.session.SessionRepository;
import io.github.x402sessions.facilitator.session.SessionRules;
import io.github.x402sessions.facilitator.session.registration.ApprovalSubmitter;
import io.github.x402sessions.facilitator.session.registration.OwnerProofs;
import io.github.x402sessions.stellar.approval.ApprovalTransactions;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Closing of sessions, and revocation of their allowances.
 */
@Configuration(proxyBeanMethods = false)
public class ClosingConfiguration {

	@Bean
	SessionClosing sessionClosing(SessionRules rules, SessionRepository store, OwnerProofs owners,
			PromisedPayments promised) {
		return new SessionClosing(rules, store, owners, promised);
	}

	@Bean
	AllowanceRevocation allowanceRevocation(SessionRepository store, SessionClosing closing,
			ApprovalTransactions approves, ApprovalSubmitter submitter) {
		return new AllowanceRevocation(store, closing, approves, submitter);
	}

}
