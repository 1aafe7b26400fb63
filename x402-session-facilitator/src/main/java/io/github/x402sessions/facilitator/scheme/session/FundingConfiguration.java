package io.github.x402sessions.facilitator.scheme.session;

import io.github.x402sessions.facilitator.chain.SpenderTransfers;
import io.github.x402sessions.facilitator.key.Spenders;
import io.github.x402sessions.facilitator.session.SessionRepository;
import io.github.x402sessions.facilitator.session.SessionSums;
import io.github.x402sessions.facilitator.session.evidence.EvidenceRepository;
import io.github.x402sessions.stellar.balance.LedgerState;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * The accounts that settlements draw on, for whoever serves and for the commands.
 */
@Configuration(proxyBeanMethods = false)
public class FundingConfiguration {

	@Bean
	SessionFunding sessionFunding(SessionRepository sessions, SessionSums sums, EvidenceRepository evidence,
			LedgerState chain, Spenders spenders, SpenderTransfers transfers) {
		return new SessionFunding(sessions, sums, evidence, chain, spenders, transfers);
	}

}
