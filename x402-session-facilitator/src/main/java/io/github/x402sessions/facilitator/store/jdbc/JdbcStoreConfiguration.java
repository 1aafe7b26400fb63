package io.github.x402sessions.facilitator.store.jdbc;

import com.zaxxer.hikari.HikariDataSource;
import io.github.x402sessions.facilitator.channel.ChannelLeases;
import io.github.x402sessions.facilitator.config.EngineProperties;
import io.github.x402sessions.facilitator.config.FacilitatorProperties;
import io.github.x402sessions.facilitator.key.SpenderRoster;
import io.github.x402sessions.facilitator.operations.OpenWork;
import io.github.x402sessions.facilitator.reconcile.ChainSearches;
import io.github.x402sessions.facilitator.reconcile.RecordedSessions;
import io.github.x402sessions.facilitator.reconcile.RecordedTransactions;
import io.github.x402sessions.facilitator.store.DatabaseSchema;
import io.github.x402sessions.facilitator.store.Nodes;
import io.github.x402sessions.facilitator.store.UnitOfWork;
import io.github.x402sessions.facilitator.store.jdbc.audit.AuditStoreConfiguration;
import io.github.x402sessions.facilitator.store.jdbc.database.DatabaseClock;
import io.github.x402sessions.facilitator.store.jdbc.database.DatabaseFileLock;
import io.github.x402sessions.facilitator.store.jdbc.database.DatabasePool;
import io.github.x402sessions.facilitator.store.jdbc.database.Dialect;
import io.github.x402sessions.facilitator.store.jdbc.database.Migrations;
import io.github.x402sessions.facilitator.store.jdbc.deferred.DeferredStoreConfiguration;
import io.github.x402sessions.facilitator.store.jdbc.discovery.DiscoveryStoreConfiguration;
import io.github.x402sessions.facilitator.store.jdbc.event.EventStoreConfiguration;
import io.github.x402sessions.facilitator.store.jdbc.limit.LimitStoreConfiguration;
import io.github.x402sessions.facilitator.store.jdbc.merchant.MerchantStoreConfiguration;
import io.github.x402sessions.facilitator.store.jdbc.session.SessionStoreConfiguration;
import io.github.x402sessions.facilitator.store.jdbc.settlement.SettlementStoreConfiguration;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The store in a JDBC database, unless there is another one. The database is opened and
 * migrated here, not by Spring Boot's auto-configuration, so that this module can be on
 * the classpath of an application that has a database of its own, or none.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnMissingBean(UnitOfWork.class)
@Import({ SessionStoreConfiguration.class, SettlementStoreConfiguration.class, DeferredStoreConfiguration.class,
		DiscoveryStoreConfiguration.class, LimitStoreConfiguration.class, AuditStoreConfiguration.class,
		EventStoreConfiguration.class, MerchantStoreConfiguration.class })
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
		return DatabasePool.pool(properties.databaseUrl(), engine.databaseUsername(), engine.databasePassword());
	}

	@Bean
	JdbcClient facilitatorJdbc(HikariDataSource dataSource, Dialect dialect, DatabaseSchema schema) {
		Migrations.open(dataSource, schema);
		return DatabasePool.jdbc(dataSource, dialect);
	}

	@Bean
	UnitOfWork unitOfWork(HikariDataSource dataSource, Dialect dialect) {
		return new JdbcUnitOfWork(DatabasePool.transactions(dataSource, dialect));
	}

	@Bean
	DatabaseClock facilitatorDatabaseClock(JdbcClient jdbc, Dialect dialect) {
		return new DatabaseClock(jdbc, dialect);
	}

	@Bean(destroyMethod = "leave")
	Nodes nodes(JdbcClient jdbc, DatabaseClock clock, Dialect dialect) {
		return new JdbcNodes(jdbc, clock, dialect);
	}

	@Bean
	ChannelLeases channelLeases(JdbcClient jdbc, Dialect dialect, DatabaseClock clock) {
		return new JdbcChannelLeases(jdbc, dialect, clock);
	}

	@Bean
	RecordedTransactions recordedTransactions(JdbcClient jdbc) {
		return new JdbcRecordedTransactions(jdbc);
	}

	@Bean
	RecordedSessions recordedSessions(JdbcClient jdbc) {
		return new JdbcRecordedSessions(jdbc);
	}

	@Bean
	ChainSearches chainSearches(JdbcClient jdbc, DatabaseClock clock) {
		return new JdbcChainSearches(jdbc, clock);
	}

	@Bean
	SpenderRoster spenderRoster(JdbcClient jdbc, Nodes nodes, DatabaseClock clock, Dialect dialect) {
		return new JdbcSpenderRoster(jdbc, nodes, clock, dialect);
	}

	@Bean
	OpenWork openWork(JdbcClient jdbc, DatabaseClock clock) {
		return new JdbcOpenWork(jdbc, clock);
	}

}
