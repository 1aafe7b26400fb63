package io.github.x402sessions.facilitator.store.jdbc.session;

import io.github.x402sessions.facilitator.session.PastCalls;
import io.github.x402sessions.facilitator.session.SessionDirectory;
import io.github.x402sessions.facilitator.session.SessionRepository;
import io.github.x402sessions.facilitator.session.SessionSums;
import io.github.x402sessions.facilitator.session.evidence.EvidenceRepository;
import io.github.x402sessions.facilitator.store.UnitOfWork;
import io.github.x402sessions.facilitator.store.jdbc.database.DatabaseClock;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The store of sessions.
 */
@Configuration(proxyBeanMethods = false)
public class SessionStoreConfiguration {

	@Bean
	SessionRepository sessionRepository(JdbcClient jdbc, UnitOfWork unitOfWork, DatabaseClock clock) {
		return new JdbcSessionRepository(jdbc, unitOfWork, clock);
	}

	@Bean
	SessionDirectory sessionDirectory(JdbcClient jdbc) {
		return new JdbcSessionDirectory(jdbc);
	}

	@Bean
	SessionSums sessionSums(JdbcClient jdbc, DatabaseClock clock) {
		return new JdbcSessionSums(jdbc, clock);
	}

	@Bean
	PastCalls pastCalls(JdbcClient jdbc) {
		return new JdbcPastCalls(jdbc);
	}

	@Bean
	EvidenceRepository evidenceRepository(JdbcClient jdbc, DatabaseClock clock) {
		return new JdbcEvidenceRepository(jdbc, clock);
	}

}
