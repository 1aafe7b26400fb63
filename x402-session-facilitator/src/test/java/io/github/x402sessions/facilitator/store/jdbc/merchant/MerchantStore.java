package io.github.x402sessions.facilitator.store.jdbc.merchant;

import java.time.Clock;

import io.github.x402sessions.facilitator.merchant.MerchantBooks;
import io.github.x402sessions.facilitator.merchant.MerchantRepository;
import io.github.x402sessions.facilitator.store.jdbc.database.Dialect;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The store of merchants, for tests.
 */
public final class MerchantStore {

	private MerchantStore() {
	}

	public static MerchantRepository merchants(JdbcClient jdbc, Dialect dialect, Clock clock) {
		return new JdbcMerchantRepository(jdbc, dialect, clock);
	}

	public static MerchantBooks books(JdbcClient jdbc) {
		return new JdbcMerchantBooks(jdbc);
	}

}
