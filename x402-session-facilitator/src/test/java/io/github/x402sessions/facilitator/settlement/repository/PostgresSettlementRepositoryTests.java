package io.github.x402sessions.facilitator.settlement.repository;

import io.github.x402sessions.facilitator.TestDatabase;

/**
 * The books in the database of several nodes.
 */
class PostgresSettlementRepositoryTests extends SettlementRepositoryTests {

	@Override
	TestDatabase database() {
		return TestDatabase.postgres();
	}

}
