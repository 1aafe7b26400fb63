package io.github.x402sessions.facilitator.merchant;

import io.github.x402sessions.facilitator.TestDatabase;

/**
 * Merchants in SQLite.
 */
class SqliteMerchantStoreTests extends MerchantStoreTests {

	@Override
	TestDatabase database() {
		return TestDatabase.sqlite();
	}

}
