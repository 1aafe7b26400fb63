package io.github.x402sessions.facilitator.scheme.session;

import io.github.x402sessions.facilitator.TestDatabase;

/**
 * The holds of one process, in its own file.
 */
class SqliteVerifiedAmountsTests extends VerifiedAmountsTests {

	@Override
	TestDatabase database() {
		return TestDatabase.sqlite();
	}

	@Override
	int nodes() {
		return 1;
	}

}
