package io.github.x402sessions.facilitator;

/**
 * Faults of a file.
 */
class SqliteBooksFaultTests extends BooksFaultTests {

	@Override
	TestDatabase database() {
		return TestDatabase.sqlite();
	}

}
