package io.github.x402sessions.facilitator.store.jdbc.event;

import io.github.x402sessions.facilitator.config.FacilitatorProperties;
import io.github.x402sessions.facilitator.event.delivery.EventOutbox;
import io.github.x402sessions.facilitator.store.UnitOfWork;
import io.github.x402sessions.facilitator.store.jdbc.database.DatabaseClock;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The store of events.
 */
@Configuration(proxyBeanMethods = false)
public class EventStoreConfiguration {

	@Bean
	EventOutbox eventOutbox(JdbcClient jdbc, UnitOfWork unitOfWork, DatabaseClock clock,
			FacilitatorProperties properties) {
		return new JdbcEventOutbox(jdbc, unitOfWork, clock, properties.network());
	}

}
