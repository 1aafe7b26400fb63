package io.github.x402sessions.facilitator.merchant;

import io.github.x402sessions.facilitator.TestDatabase;

/**
 * Merchants in PostgreSQL.
 */
class PostgresMerchantStoreTests extends MerchantStoreTests {

	@Override
	TestDatabase database() {
		return TestDatabase.postgres();
	}

}
