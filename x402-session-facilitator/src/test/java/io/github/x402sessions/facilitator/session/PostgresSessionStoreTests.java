package io.github.x402sessions.facilitator.session;

import io.github.x402sessions.facilitator.TestDatabase;

/**
 * Sessions in the database of several nodes.
 */
class PostgresSessionStoreTests extends SessionRepositoryTests {

	@Override
	TestDatabase database() {
		return TestDatabase.postgres();
	}

}
