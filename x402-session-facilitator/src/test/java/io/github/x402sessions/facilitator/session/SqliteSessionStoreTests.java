package io.github.x402sessions.facilitator.session;

import io.github.x402sessions.facilitator.TestDatabase;

/**
 * Sessions in a file that one process has for itself.
 */
class SqliteSessionStoreTests extends SessionRepositoryTests {

	@Override
	TestDatabase database() {
		return TestDatabase.sqlite();
	}

}
