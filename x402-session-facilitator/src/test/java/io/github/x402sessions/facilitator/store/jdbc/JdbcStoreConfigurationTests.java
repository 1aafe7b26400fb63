package io.github.x402sessions.facilitator.store.jdbc;

import java.util.function.Predicate;
import java.util.function.Supplier;

import com.zaxxer.hikari.HikariDataSource;
import io.github.x402sessions.facilitator.session.SessionRepository;
import io.github.x402sessions.facilitator.store.UnitOfWork;
import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Where there is another store, no database is opened.
 */
class JdbcStoreConfigurationTests {

	@Test
	void anotherStoreTakesThePlaceOfThisOneAsAWhole() {
		new ApplicationContextRunner().withBean(UnitOfWork.class, AnotherStore::new)
			.withConfiguration(AutoConfigurations.of(JdbcStoreConfiguration.class))
			.run((context) -> assertThat(context).hasNotFailed()
				.doesNotHaveBean(HikariDataSource.class)
				.doesNotHaveBean(SessionRepository.class));
	}

	private static final class AnotherStore implements UnitOfWork {

		@Override
		public <T> T runIf(Supplier<T> steps, Predicate<? super T> kept) {
			return steps.get();
		}

	}

}
