package io.github.x402sessions.facilitator.limit;

import io.github.x402sessions.facilitator.TestDatabase;

/**
 * The limits of two and of four nodes, in the database that they share.
 */
class PostgresSharedLimitTests extends SharedLimitTests {

	@Override
	TestDatabase database() {
		return TestDatabase.postgres();
	}

	@Override
	int[] nodes() {
		return new int[] { 2, 4 };
	}

}
