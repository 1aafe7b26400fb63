package io.github.x402sessions.facilitator.store.jdbc.merchant;

import io.github.x402sessions.facilitator.merchant.MerchantBooks;
import io.github.x402sessions.facilitator.merchant.MerchantRepository;
import io.github.x402sessions.facilitator.store.jdbc.database.DatabaseClock;
import io.github.x402sessions.facilitator.store.jdbc.database.Dialect;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The store of merchants.
 */
@Configuration(proxyBeanMethods = false)
public class MerchantStoreConfiguration {

	@Bean
	MerchantRepository merchantRepository(JdbcClient jdbc, Dialect dialect, DatabaseClock clock) {
		return new JdbcMerchantRepository(jdbc, dialect, clock);
	}

	@Bean
	MerchantBooks merchantBooks(JdbcClient jdbc) {
		return new JdbcMerchantBooks(jdbc);
	}

}
