package io.github.x402sessions.facilitator.settlement;

import io.github.x402sessions.facilitator.TestDatabase;

/**
 * The books in the database of several nodes.
 */
class PostgresBooksTests extends BooksTests {

	@Override
	TestDatabase database() {
		return TestDatabase.postgres();
	}

}
