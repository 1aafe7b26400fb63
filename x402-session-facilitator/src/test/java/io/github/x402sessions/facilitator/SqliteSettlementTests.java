package io.github.x402sessions.facilitator;

/**
 * A facilitator that keeps its books in a file of its own.
 */
class SqliteSettlementTests extends SettlementTests {

	private final TestDatabase database = TestDatabase.sqlite();

	@Override
	TestDatabase database() {
		return this.database;
	}

}
