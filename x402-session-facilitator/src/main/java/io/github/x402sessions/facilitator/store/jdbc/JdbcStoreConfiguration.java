package io.github.x402sessions.facilitator.store.jdbc;

import io.github.x402sessions.facilitator.config.EngineProperties;
import io.github.x402sessions.facilitator.config.FacilitatorProperties;
import io.github.x402sessions.facilitator.store.DatabaseSchema;
import io.github.x402sessions.facilitator.store.Nodes;
import io.github.x402sessions.facilitator.store.jdbc.database.BooksDatabase;
import io.github.x402sessions.facilitator.store.jdbc.database.DatabaseClock;
import io.github.x402sessions.facilitator.store.jdbc.database.DatabaseFileLock;
import io.github.x402sessions.facilitator.store.jdbc.database.Dialect;
import com.zaxxer.hikari.HikariDataSource;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionOperations;

/**
 * The database that keeps the books: opened and migrated here, not by Spring Boot's
 * auto-configuration, so that this module can be on the classpath of an application that
 * has a database of its own, or none.
 */
@Configuration(proxyBeanMethods = false)
public class JdbcStoreConfiguration {

	@Bean
	Dialect facilitatorDialect(FacilitatorProperties properties) {
		return Dialect.of(properties.databaseUrl());
	}

	/**
	 * Whoever serves has a SQLite file to itself before it is opened.
	 */
	@Bean
	HikariDataSource facilitatorDataSource(FacilitatorProperties properties, EngineProperties engine,
			ObjectProvider<DatabaseFileLock> lock) {
		lock.ifAvailable(DatabaseFileLock::acquire);
		return BooksDatabase.pool(properties.databaseUrl(), engine.databaseUsername(), engine.databasePassword());
	}

	@Bean
	JdbcClient facilitatorJdbc(HikariDataSource dataSource, Dialect dialect, DatabaseSchema schema) {
		schema.open(dataSource);
		return BooksDatabase.jdbc(dataSource, dialect);
	}

	@Bean
	TransactionOperations facilitatorTransactions(HikariDataSource dataSource, Dialect dialect) {
		return BooksDatabase.transactions(dataSource, dialect);
	}

	@Bean
	DatabaseClock facilitatorDatabaseClock(JdbcClient jdbc, Dialect dialect) {
		return new DatabaseClock(jdbc, dialect);
	}

	@Bean(destroyMethod = "leave")
	Nodes nodes(JdbcClient jdbc, DatabaseClock clock) {
		return new Nodes(jdbc, clock);
	}

}
