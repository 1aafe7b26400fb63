package io.github.x402sessions.facilitator.merchant;

import io.github.x402sessions.facilitator.TestDatabase;

/**
 * Counts of merchants in SQLite.
 */
class SqliteMerchantCountTests extends MerchantCountTests {

	@Override
	TestDatabase database() {
		return TestDatabase.sqlite();
	}

}
