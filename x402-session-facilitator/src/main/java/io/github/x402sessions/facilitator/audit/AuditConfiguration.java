package io.github.x402sessions.facilitator.audit;

import io.github.x402sessions.facilitator.store.UnitOfWork;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * The audit log, over whichever store there is.
 */
@Configuration(proxyBeanMethods = false)
public class AuditConfiguration {

	@Bean
	Audit audit(AuditLog log, UnitOfWork unitOfWork) {
		return new Audit(log, unitOfWork);
	}

}
