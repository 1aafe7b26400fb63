package io.github.x402sessions.spring.journal;

import javax.sql.DataSource;

import io.github.x402sessions.spring.InvalidX402ConfigurationException;
import io.github.x402sessions.spring.ShopDatabase;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.flyway.autoconfigure.FlywayAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.jdbc.core.JdbcTemplate;

import static org.assertj.core.api.Assertions.assertThat;

class X402JournalAutoConfigurationTests {

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(X402JournalAutoConfiguration.class));

	private final ApplicationContextRunner enabled = this.runner.withPropertyValues("x402.journal.enabled=true");

	@Test
	void thereIsNoneUnlessItIsAskedFor() {
		this.runner.withBean(DataSource.class, () -> ShopDatabase.of(ShopDatabase.Kind.SQLITE))
			.run((context) -> assertThat(context).doesNotHaveBean(JournalTable.class)
				.doesNotHaveBean(PaymentJournal.class));
		this.enabled.withBean(DataSource.class, () -> ShopDatabase.of(ShopDatabase.Kind.SQLITE))
			.withPropertyValues("x402.enabled=false")
			.run((context) -> assertThat(context).doesNotHaveBean(PaymentJournal.class));
		this.enabled.withBean(DataSource.class, () -> ShopDatabase.of(ShopDatabase.Kind.SQLITE))
			.run((context) -> assertThat(context).hasSingleBean(PaymentJournal.class)
				.hasSingleBean(JournalExport.class));
	}

	@Test
	void whatItNeedsIsNamed() {
		this.enabled.run((context) -> assertThat(context).getFailure()
			.rootCause()
			.isInstanceOf(InvalidX402ConfigurationException.class)
			.hasMessageStartingWith("x402.journal.enabled: is true, but there is no DataSource"));
		for (Class<?> missing : new Class<?>[] { Flyway.class, JdbcTemplate.class }) {
			this.enabled.withClassLoader(new FilteredClassLoader(missing))
				.run((context) -> assertThat(context).getFailure()
					.rootCause()
					.hasMessageStartingWith("x402.journal.enabled: is true, but " + missing.getName()));
		}
	}

	@ParameterizedTest
	@EnumSource
	void flywayOfTheApplicationIsNotDisturbed(ShopDatabase.Kind kind) {
		ShopDatabase database = ShopDatabase.of(kind);
		for (int start = 0; start < 2; start++) {
			this.enabled.withConfiguration(AutoConfigurations.of(FlywayAutoConfiguration.class))
				.withBean(DataSource.class, () -> database)
				.run((context) -> assertThat(context).hasNotFailed().hasSingleBean(PaymentJournal.class));
		}
	}

	@Test
	void tablesOfAnApplicationWithoutFlywayStay() {
		ShopDatabase database = ShopDatabase.of(ShopDatabase.Kind.POSTGRESQL);
		database.jdbc().sql("create table goods (id int)").update();
		this.enabled.withBean(DataSource.class, () -> database)
			.run((context) -> assertThat(context).hasNotFailed().hasSingleBean(PaymentJournal.class));
	}

	@ParameterizedTest
	@ValueSource(strings = { "queue-size=0", "stop-timeout=-1s", "stop-timeout=1h" })
	void wrongValueIsNamed(String property) {
		this.enabled.withBean(DataSource.class, () -> ShopDatabase.of(ShopDatabase.Kind.SQLITE))
			.withPropertyValues("x402.journal." + property)
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.hasMessageStartingWith("x402.journal." + property.replaceFirst("=.*", "")));
	}

}
