package io.github.x402sessions.facilitator.store.jdbc.discovery;

import io.github.x402sessions.facilitator.discovery.Listings;
import io.github.x402sessions.facilitator.store.UnitOfWork;
import io.github.x402sessions.facilitator.store.jdbc.database.DatabaseClock;
import io.github.x402sessions.facilitator.store.jdbc.database.Dialect;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The store of the catalogue.
 */
@Configuration(proxyBeanMethods = false)
public class DiscoveryStoreConfiguration {

	@Bean
	Listings listings(JdbcClient jdbc, UnitOfWork unitOfWork, DatabaseClock clock, Dialect dialect) {
		return new JdbcListings(jdbc, unitOfWork, clock, WordIndex.of(dialect, jdbc));
	}

}
