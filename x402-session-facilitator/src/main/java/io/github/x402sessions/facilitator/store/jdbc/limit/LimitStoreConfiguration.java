package io.github.x402sessions.facilitator.store.jdbc.limit;

import io.github.x402sessions.facilitator.limit.LimitUses;
import io.github.x402sessions.facilitator.store.jdbc.database.Dialect;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The store of what is used of limits.
 */
@Configuration(proxyBeanMethods = false)
public class LimitStoreConfiguration {

	@Bean
	LimitUses limitUses(JdbcClient jdbc, Dialect dialect) {
		return new JdbcLimitUses(jdbc, dialect);
	}

}
