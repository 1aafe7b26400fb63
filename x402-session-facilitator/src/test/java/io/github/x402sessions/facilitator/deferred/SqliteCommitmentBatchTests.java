package io.github.x402sessions.facilitator.deferred;

import io.github.x402sessions.facilitator.TestDatabase;

/**
 * The books in the database of one process.
 */
class SqliteCommitmentBatchTests extends CommitmentBatchTests {

	@Override
	TestDatabase database() {
		return TestDatabase.sqlite();
	}

}
