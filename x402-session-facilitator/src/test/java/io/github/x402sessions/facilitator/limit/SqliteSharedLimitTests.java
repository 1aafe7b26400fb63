package io.github.x402sessions.facilitator.limit;

import io.github.x402sessions.facilitator.TestDatabase;

/**
 * The limits of one process, in its own file.
 */
class SqliteSharedLimitTests extends SharedLimitTests {

	@Override
	TestDatabase database() {
		return TestDatabase.sqlite();
	}

	@Override
	int[] nodes() {
		return new int[] { 1 };
	}

}
