package io.github.x402sessions.facilitator.store.jdbc.audit;

import java.time.Clock;

import io.github.x402sessions.facilitator.audit.AuditLog;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The audit log, for tests.
 */
public final class AuditStore {

	private AuditStore() {
	}

	public static AuditLog log(JdbcClient jdbc, Clock clock) {
		return new JdbcAuditLog(jdbc, clock);
	}

}
