package io.github.x402sessions.facilitator.deferred;

import io.github.x402sessions.facilitator.TestDatabase;

/**
 * The books in the database of several nodes.
 */
class PostgresCommitmentBatchTests extends CommitmentBatchTests {

	@Override
	TestDatabase database() {
		return TestDatabase.postgres();
	}

}
