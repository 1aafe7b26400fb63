package io.github.x402sessions.facilitator;

import io.github.x402sessions.facilitator.store.jdbc.database.Dialect;

class PostgresAdminApiTests extends AdminApiTests {

	PostgresAdminApiTests() {
		super(Dialect.POSTGRESQL);
	}

}
