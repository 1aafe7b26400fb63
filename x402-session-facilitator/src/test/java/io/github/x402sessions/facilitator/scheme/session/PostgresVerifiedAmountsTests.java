package io.github.x402sessions.facilitator.scheme.session;

import io.github.x402sessions.facilitator.TestDatabase;

/**
 * The holds of four nodes, in the database that they share.
 */
class PostgresVerifiedAmountsTests extends VerifiedAmountsTests {

	@Override
	TestDatabase database() {
		return TestDatabase.postgres();
	}

	@Override
	int nodes() {
		return 4;
	}

}
