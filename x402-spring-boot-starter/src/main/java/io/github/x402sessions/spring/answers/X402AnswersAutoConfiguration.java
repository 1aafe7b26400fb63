package io.github.x402sessions.spring.answers;

import java.util.Locale;

import javax.sql.DataSource;

import io.github.x402sessions.core.purchase.ResponseStore;
import io.github.x402sessions.spring.InvalidX402ConfigurationException;
import io.github.x402sessions.spring.X402Properties;
import io.github.x402sessions.spring.autoconfigure.X402AutoConfiguration;
import io.github.x402sessions.spring.free.FreeCallCounter;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.sql.init.dependency.DependsOnDatabaseInitialization;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.DependsOn;
import org.springframework.context.annotation.Import;
import org.springframework.core.io.ResourceLoader;
import org.springframework.data.redis.connection.RedisConnectionFactory;
import org.springframework.util.ClassUtils;

/**
 * {@link EnableAutoConfiguration Auto-configuration} for a store of answers that
 * instances share, where they count free calls too. None is used that was not asked for:
 * what else a Redis or a database is there for is not known.
 */
@AutoConfiguration(before = X402AutoConfiguration.class,
		afterName = { "org.springframework.boot.data.redis.autoconfigure.DataRedisAutoConfiguration",
				"org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration",
				"org.springframework.boot.flyway.autoconfigure.FlywayAutoConfiguration" })
@ConditionalOnBooleanProperty(name = "x402.enabled", matchIfMissing = true)
@ConditionalOnMissingBean(ResponseStore.class)
@EnableConfigurationProperties(X402Properties.class)
public final class X402AnswersAutoConfiguration {

	private static final String STORE = "x402.answers.store";

	private static final String REDIS = "org.springframework.data.redis.connection.RedisConnectionFactory";

	private static final String FLYWAY = "org.flywaydb.core.Flyway";

	private static final String JDBC = "org.springframework.jdbc.core.JdbcTemplate";

	X402AnswersAutoConfiguration(X402Properties properties, ResourceLoader resources) {
		switch (properties.answers().store()) {
			case MEMORY -> {
			}
			case REDIS ->
				require(resources, properties, "org.springframework.boot:spring-boot-starter-data-redis", REDIS);
			case JDBC -> require(resources, properties,
					"org.springframework:spring-jdbc, org.flywaydb:flyway-core and Flyway's module for your database",
					FLYWAY, JDBC);
		}
	}

	private static void require(ResourceLoader resources, X402Properties properties, String dependencies,
			String... classes) {
		for (String needed : classes) {
			if (!ClassUtils.isPresent(needed, resources.getClassLoader())) {
				throw refused(properties, needed + " is not on the class path",
						"Add " + dependencies + ", or set " + STORE + " to memory.");
			}
		}
	}

	private static InvalidX402ConfigurationException refused(X402Properties properties, String problem, String action) {
		return new InvalidX402ConfigurationException(STORE,
				"is " + properties.answers().store().name().toLowerCase(Locale.ROOT) + ", but " + problem, action);
	}

	@Bean
	@ConditionalOnMissingBean
	@ConditionalOnBean(SharedAnswers.class)
	ResponseStore x402ResponseStore(SharedAnswers answers) {
		return answers.store();
	}

	/** In Redis. */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(RedisConnectionFactory.class)
	@ConditionalOnProperty(name = STORE, havingValue = "redis")
	@Import(LettuceReconnection.class)
	static class Redis {

		@Bean
		@ConditionalOnMissingBean
		SharedAnswers x402SharedAnswers(ObjectProvider<RedisConnectionFactory> connections, X402Properties properties) {
			X402Properties.Answers answers = properties.answers();
			return SharedAnswers.in(
					new RedisAnswers(connection(connections, properties), answers.lease(), answers.retention()),
					answers);
		}

		@Bean
		@ConditionalOnMissingBean
		FreeCallCounter x402SharedFreeCalls(ObjectProvider<RedisConnectionFactory> connections,
				X402Properties properties) {
			return new BoundedFreeCalls(new RedisFreeCalls(connection(connections, properties)),
					properties.answers().timeout());
		}

		private static RedisConnectionFactory connection(ObjectProvider<RedisConnectionFactory> connections,
				X402Properties properties) {
			RedisConnectionFactory connection = connections.getIfUnique();
			if (connection == null) {
				throw refused(properties, "there is no RedisConnectionFactory, or several and none of them is primary",
						"Set spring.data.redis.url, or mark the one that answers are kept by as @Primary.");
			}
			return connection;
		}

	}

	/** In the application's database, whose own tables come first. */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(name = { FLYWAY, JDBC })
	@ConditionalOnProperty(name = STORE, havingValue = "jdbc")
	static class Jdbc {

		@Bean
		@DependsOnDatabaseInitialization
		@ConditionalOnMissingBean
		SharedAnswers x402SharedAnswers(ObjectProvider<DataSource> dataSources, X402Properties properties) {
			X402Properties.Answers answers = properties.answers();
			return SharedAnswers.in(
					JdbcAnswers.migrated(dataSource(dataSources, properties), answers.lease(), answers.retention()),
					answers);
		}

		/** Its table is made with that of the answers. */
		@Bean
		@DependsOn("x402SharedAnswers")
		@ConditionalOnMissingBean
		FreeCallCounter x402SharedFreeCalls(ObjectProvider<DataSource> dataSources, X402Properties properties) {
			return new BoundedFreeCalls(new JdbcFreeCalls(dataSource(dataSources, properties)),
					properties.answers().timeout());
		}

		private static DataSource dataSource(ObjectProvider<DataSource> dataSources, X402Properties properties) {
			DataSource dataSource = dataSources.getIfUnique();
			if (dataSource == null) {
				throw refused(properties, "there is no DataSource, or several and none of them is primary",
						"Set spring.datasource.url, or mark the DataSource that answers are kept in as @Primary.");
			}
			return dataSource;
		}

	}

}
