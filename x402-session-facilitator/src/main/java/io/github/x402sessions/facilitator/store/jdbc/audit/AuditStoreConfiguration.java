package io.github.x402sessions.facilitator.store.jdbc.audit;

import io.github.x402sessions.facilitator.audit.AuditLog;
import io.github.x402sessions.facilitator.store.jdbc.database.DatabaseClock;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The store of what was changed by whom.
 */
@Configuration(proxyBeanMethods = false)
public class AuditStoreConfiguration {

	@Bean
	AuditLog auditLog(JdbcClient jdbc, DatabaseClock clock) {
		return new JdbcAuditLog(jdbc, clock);
	}

}
