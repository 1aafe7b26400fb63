package io.github.x402sessions.facilitator;

import io.github.x402sessions.facilitator.store.jdbc.database.Dialect;

class SqliteAdminApiTests extends AdminApiTests {

	SqliteAdminApiTests() {
		super(Dialect.SQLITE);
	}

}
