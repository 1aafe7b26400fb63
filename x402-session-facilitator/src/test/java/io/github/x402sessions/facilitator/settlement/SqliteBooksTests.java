package io.github.x402sessions.facilitator.settlement;

import io.github.x402sessions.facilitator.TestDatabase;

/**
 * The books in the database of one process.
 */
class SqliteBooksTests extends BooksTests {

	@Override
	TestDatabase database() {
		return TestDatabase.sqlite();
	}

}
