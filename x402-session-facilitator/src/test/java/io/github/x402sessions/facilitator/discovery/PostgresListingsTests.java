package io.github.x402sessions.facilitator.discovery;

import io.github.x402sessions.facilitator.TestDatabase;

/**
 * The catalogue in PostgreSQL.
 */
class PostgresListingsTests extends ListingsTests {

	@Override
	TestDatabase database() {
		return TestDatabase.postgres();
	}

}
