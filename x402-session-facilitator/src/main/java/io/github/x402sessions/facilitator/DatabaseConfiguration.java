package io.github.x402sessions.facilitator;

import com.zaxxer.hikari.HikariDataSource;
import org.flywaydb.core.Flyway;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionOperations;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The database that keeps the books: opened and migrated here, not by Spring Boot's
 * auto-configuration, so that this module can be on the classpath of an application that
 * has a database of its own, or none.
 */
@Configuration(proxyBeanMethods = false)
class DatabaseConfiguration {

	private static final String MIGRATIONS = "classpath:x402/facilitator/migration";

	private static final int CONNECTIONS = 8;

	/**
	 * A commit is on disk before anything is sent. Writers queue instead of failing, and
	 * a transaction that will write says so at its start.
	 */
	@Bean
	HikariDataSource facilitatorDataSource(FacilitatorProperties properties) {
		HikariDataSource dataSource = new HikariDataSource();
		dataSource.setJdbcUrl(properties.databaseUrl());
		dataSource.setPoolName("x402-facilitator");
		dataSource.setMaximumPoolSize(CONNECTIONS);
		dataSource.addDataSourceProperty("journal_mode", "WAL");
		dataSource.addDataSourceProperty("synchronous", "FULL");
		dataSource.addDataSourceProperty("foreign_keys", "true");
		dataSource.addDataSourceProperty("busy_timeout", "10000");
		dataSource.addDataSourceProperty("transaction_mode", "IMMEDIATE");
		return dataSource;
	}

	@Bean
	JdbcClient facilitatorJdbc(HikariDataSource dataSource) {
		Flyway.configure().dataSource(dataSource).locations(MIGRATIONS).load().migrate();
		return JdbcClient.create(dataSource);
	}

	@Bean
	TransactionOperations facilitatorTransactions(HikariDataSource dataSource) {
		return new TransactionTemplate(new JdbcTransactionManager(dataSource));
	}

}
