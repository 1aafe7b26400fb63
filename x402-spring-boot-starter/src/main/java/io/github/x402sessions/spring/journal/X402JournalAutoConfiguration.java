package io.github.x402sessions.spring.journal;

import java.time.Clock;

import javax.sql.DataSource;

import io.github.x402sessions.spring.InvalidX402ConfigurationException;
import io.github.x402sessions.spring.autoconfigure.X402AutoConfiguration;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.sql.init.dependency.DependsOnDatabaseInitialization;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.io.ResourceLoader;
import org.springframework.util.ClassUtils;

/**
 * {@link EnableAutoConfiguration Auto-configuration} for the journal of payments.
 */
@AutoConfiguration(after = X402AutoConfiguration.class,
		afterName = { "org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration",
				"org.springframework.boot.flyway.autoconfigure.FlywayAutoConfiguration" })
@ConditionalOnBooleanProperty(name = "x402.enabled", matchIfMissing = true)
@ConditionalOnBooleanProperty("x402.journal.enabled")
@EnableConfigurationProperties(JournalProperties.class)
public final class X402JournalAutoConfiguration {

	private static final String FLYWAY = "org.flywaydb.core.Flyway";

	private static final String JDBC = "org.springframework.jdbc.core.JdbcTemplate";

	X402JournalAutoConfiguration(ResourceLoader resources) {
		for (String needed : new String[] { FLYWAY, JDBC }) {
			if (!ClassUtils.isPresent(needed, resources.getClassLoader())) {
				throw refused(needed + " is not on the class path",
						"Add org.springframework:spring-jdbc, org.flywaydb:flyway-core and Flyway's module for your "
								+ "database, or set x402.journal.enabled to false.");
			}
		}
	}

	private static InvalidX402ConfigurationException refused(String problem, String action) {
		return new InvalidX402ConfigurationException("x402.journal.enabled", "is true, but " + problem, action);
	}

	/** Its beans; the application's own tables come first. */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(name = { FLYWAY, JDBC })
	static class Journal {

		@Bean
		@DependsOnDatabaseInitialization
		@ConditionalOnMissingBean
		JournalTable x402JournalTable(ObjectProvider<DataSource> dataSources) {
			DataSource dataSource = dataSources.getIfUnique();
			if (dataSource == null) {
				throw refused("there is no DataSource, or several and none of them is primary",
						"Set spring.datasource.url, or mark the DataSource that the journal is for as @Primary.");
			}
			return JournalTable.migrated(dataSource);
		}

		@Bean
		@ConditionalOnMissingBean
		JournalWriter x402JournalWriter(JournalTable table, JournalProperties properties) {
			return new JournalWriter(table, properties);
		}

		@Bean
		@ConditionalOnMissingBean
		PaymentJournal x402PaymentJournal(JournalTable table, JournalWriter writer) {
			return new PaymentJournal(table, writer, Clock.systemUTC());
		}

		@Bean
		@ConditionalOnMissingBean
		JournalExport x402JournalExport(JournalTable table) {
			return new JournalExport(table);
		}

	}

	/** Figures of the journal. */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass({ MeterRegistry.class })
	static class Meters {

		@Bean
		@ConditionalOnMissingBean(name = "x402JournalMeters")
		MeterBinder x402JournalMeters(ObjectProvider<JournalWriter> writers) {
			return (registry) -> writers.ifAvailable((writer) -> bind(registry, writer));
		}

		private static void bind(MeterRegistry registry, JournalWriter writer) {
			FunctionCounter.builder("x402.journal.written", writer, JournalWriter::written)
				.description("Entries of the journal of payments that the database has taken")
				.register(registry);
			FunctionCounter.builder("x402.journal.lost", writer, JournalWriter::lost)
				.description("Entries that are in the log only")
				.register(registry);
			Gauge.builder("x402.journal.waiting", writer, JournalWriter::waiting)
				.description("Entries that wait for the database")
				.register(registry);
		}

	}

}
