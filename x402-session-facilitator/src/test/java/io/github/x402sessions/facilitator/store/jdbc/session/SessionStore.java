package io.github.x402sessions.facilitator.store.jdbc.session;

import java.time.Clock;

import io.github.x402sessions.facilitator.session.SessionRepository;
import io.github.x402sessions.facilitator.session.SessionSums;
import io.github.x402sessions.facilitator.session.VerifiedHolds;
import io.github.x402sessions.facilitator.session.evidence.EvidenceRepository;
import io.github.x402sessions.facilitator.store.UnitOfWork;
import io.github.x402sessions.facilitator.store.jdbc.database.Dialect;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The store of sessions, for tests.
 */
public final class SessionStore {

	private SessionStore() {
	}

	public static SessionRepository sessions(JdbcClient jdbc, UnitOfWork unitOfWork, Clock clock) {
		return new JdbcSessionRepository(jdbc, unitOfWork, clock);
	}

	public static SessionSums sums(JdbcClient jdbc, Clock clock) {
		return new JdbcSessionSums(jdbc, clock);
	}

	public static VerifiedHolds verifiedHolds(JdbcClient jdbc, UnitOfWork unitOfWork, Dialect dialect) {
		return new JdbcVerifiedHolds(jdbc, unitOfWork, dialect);
	}

	public static EvidenceRepository evidence(JdbcClient jdbc, Clock clock) {
		return new JdbcEvidenceRepository(jdbc, clock);
	}

}
