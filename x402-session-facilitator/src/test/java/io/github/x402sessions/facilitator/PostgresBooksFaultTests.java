package io.github.x402sessions.facilitator;

/**
 * Faults of a database server.
 */
class PostgresBooksFaultTests extends BooksFaultTests {

	@Override
	TestDatabase database() {
		return TestDatabase.postgres();
	}

}
