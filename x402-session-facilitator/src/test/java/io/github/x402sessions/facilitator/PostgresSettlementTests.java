package io.github.x402sessions.facilitator;

/**
 * A facilitator that keeps its books in a database that it could share.
 */
class PostgresSettlementTests extends SettlementTests {

	private final TestDatabase database = TestDatabase.postgres();

	@Override
	TestDatabase database() {
		return this.database;
	}

}
