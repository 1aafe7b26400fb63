package io.github.x402sessions.facilitator.discovery;

import io.github.x402sessions.facilitator.TestDatabase;

/**
 * The catalogue in SQLite.
 */
class SqliteListingsTests extends ListingsTests {

	@Override
	TestDatabase database() {
		return TestDatabase.sqlite();
	}

}
