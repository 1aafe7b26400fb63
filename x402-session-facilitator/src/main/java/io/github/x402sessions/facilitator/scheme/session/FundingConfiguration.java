package io.github.x402sessions.facilitator.scheme.session;

import io.github.x402sessions.facilitator.session.SessionRepository;
import io.github.x402sessions.facilitator.session.SessionSums;
import io.github.x402sessions.facilitator.session.evidence.EvidenceRepository;
import io.github.x402sessions.stellar.account.AccountKey;
import io.github.x402sessions.stellar.balance.LedgerState;
import io.github.x402sessions.stellar.transfer.Transfers;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * The accounts that settlements draw on, for whoever serves and for the commands.
 */
@Configuration(proxyBeanMethods = false)
public class FundingConfiguration {

	@Bean
	SessionFunding sessionFunding(SessionRepository sessions, SessionSums sums, EvidenceRepository evidence,
			LedgerState chain, AccountKey spender, Transfers transfers) {
		return new SessionFunding(sessions, sums, evidence, chain, spender.address(), transfers);
	}

}
