package io.github.x402sessions.facilitator.settlement;

import io.github.x402sessions.facilitator.TestDatabase;

/**
 * Faults of a database server.
 */
class PostgresBooksFaultTests extends BooksFaultTests {

	@Override
	TestDatabase database() {
		return TestDatabase.postgres();
	}

}
