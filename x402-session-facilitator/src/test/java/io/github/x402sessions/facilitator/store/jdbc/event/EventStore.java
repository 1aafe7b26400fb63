package io.github.x402sessions.facilitator.store.jdbc.event;

import java.time.Clock;

import io.github.x402sessions.facilitator.event.delivery.EventOutbox;
import io.github.x402sessions.facilitator.store.UnitOfWork;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The store of events, for tests.
 */
public final class EventStore {

	private EventStore() {
	}

	public static EventOutbox outbox(JdbcClient jdbc, UnitOfWork unitOfWork, Clock clock) {
		return new JdbcEventOutbox(jdbc, unitOfWork, clock, "stellar:testnet");
	}

}
