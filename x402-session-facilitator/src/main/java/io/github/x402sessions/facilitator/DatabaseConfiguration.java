package io.github.x402sessions.facilitator;

import java.time.Clock;

import com.zaxxer.hikari.HikariDataSource;
import io.github.x402sessions.facilitator.store.Dialect;
import io.github.x402sessions.facilitator.store.Nodes;
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

	private static final int CONNECTIONS = 8;

	@Bean
	Dialect facilitatorDialect(FacilitatorProperties properties) {
		return Dialect.of(properties.databaseUrl());
	}

	@Bean
	HikariDataSource facilitatorDataSource(FacilitatorProperties properties, EngineProperties engine) {
		return dataSource(properties.databaseUrl(), engine.databaseUsername(), engine.databasePassword());
	}

	static HikariDataSource dataSource(String url, String username, String password) {
		HikariDataSource dataSource = new HikariDataSource();
		dataSource.setJdbcUrl(url);
		dataSource.setPoolName("x402-facilitator");
		dataSource.setMaximumPoolSize(CONNECTIONS);
		if (Dialect.of(url) == Dialect.SQLITE) {
			sqlite(dataSource);
		}
		else {
			dataSource.setUsername(username);
			dataSource.setPassword(password);
		}
		return dataSource;
	}

	/**
	 * A commit is on disk before anything is sent. Writers queue instead of failing, and
	 * a transaction that will write says so at its start.
	 */
	private static void sqlite(HikariDataSource dataSource) {
		dataSource.addDataSourceProperty("journal_mode", "WAL");
		dataSource.addDataSourceProperty("synchronous", "FULL");
		dataSource.addDataSourceProperty("foreign_keys", "true");
		dataSource.addDataSourceProperty("busy_timeout", "10000");
		dataSource.addDataSourceProperty("transaction_mode", "IMMEDIATE");
	}

	@Bean
	JdbcClient facilitatorJdbc(HikariDataSource dataSource) {
		Migrations.run(dataSource);
		return JdbcClient.create(dataSource);
	}

	@Bean
	TransactionOperations facilitatorTransactions(HikariDataSource dataSource) {
		return new TransactionTemplate(new JdbcTransactionManager(dataSource));
	}

	@Bean(destroyMethod = "leave")
	Nodes nodes(JdbcClient jdbc) {
		return new Nodes(jdbc, Clock.systemUTC());
	}

}
