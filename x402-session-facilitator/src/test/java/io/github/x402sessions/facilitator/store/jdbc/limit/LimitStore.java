package io.github.x402sessions.facilitator.store.jdbc.limit;

import io.github.x402sessions.facilitator.limit.LimitUses;
import io.github.x402sessions.facilitator.store.jdbc.database.Dialect;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The store of what is used of limits, for tests.
 */
public final class LimitStore {

	private LimitStore() {
	}

	public static LimitUses uses(JdbcClient jdbc, Dialect dialect) {
		return new JdbcLimitUses(jdbc, dialect);
	}

}
