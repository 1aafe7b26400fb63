package io.github.x402sessions.facilitator.store.jdbc.discovery;

import java.time.Clock;

import io.github.x402sessions.facilitator.discovery.Listings;
import io.github.x402sessions.facilitator.store.UnitOfWork;
import io.github.x402sessions.facilitator.store.jdbc.database.Dialect;

import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The store of the catalogue, for tests.
 */
public final class DiscoveryStore {

	private DiscoveryStore() {
	}

	public static Listings listings(JdbcClient jdbc, UnitOfWork unitOfWork, Clock clock, Dialect dialect) {
		return new JdbcListings(jdbc, unitOfWork, clock, WordIndex.of(dialect, jdbc));
	}

}
