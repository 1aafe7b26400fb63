package io.github.x402sessions.facilitator.store.jdbc.merchant;

import java.time.Clock;

import io.github.x402sessions.facilitator.merchant.MerchantBooks;
import io.github.x402sessions.facilitator.merchant.MerchantRepository;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The store of merchants, for tests.
 */
public final class MerchantStore {

	private MerchantStore() {
	}

	public static MerchantRepository merchants(JdbcClient jdbc, Clock clock) {
		return new JdbcMerchantRepository(jdbc, clock);
	}

	public static MerchantBooks books(JdbcClient jdbc) {
		return new JdbcMerchantBooks(jdbc);
	}

}
