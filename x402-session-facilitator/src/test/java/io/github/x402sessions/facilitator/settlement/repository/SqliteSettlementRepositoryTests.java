package io.github.x402sessions.facilitator.settlement.repository;

import io.github.x402sessions.facilitator.TestDatabase;

/**
 * The books in the database of one process.
 */
class SqliteSettlementRepositoryTests extends SettlementRepositoryTests {

	@Override
	TestDatabase database() {
		return TestDatabase.sqlite();
	}

}
