package io.github.x402sessions.facilitator.settlement;

import io.github.x402sessions.facilitator.TestDatabase;

/**
 * Faults of a file.
 */
class SqliteBooksFaultTests extends BooksFaultTests {

	@Override
	TestDatabase database() {
		return TestDatabase.sqlite();
	}

}
