package io.github.x402sessions.facilitator.store.jdbc.database;

import io.github.x402sessions.facilitator.config.InvalidPropertyException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * The statements are written for two databases. Another one is refused, not taken for one
 * of them.
 */
class DialectTests {

	@Test
	void urlSaysWhichOfTheTwoItIs() {
		assertThat(Dialect.of("jdbc:sqlite:books.db")).isEqualTo(Dialect.SQLITE);
		assertThat(Dialect.of("jdbc:postgresql://host/books")).isEqualTo(Dialect.POSTGRESQL);
	}

	@ParameterizedTest
	@ValueSource(strings = { "jdbc:mysql://host/books", "jdbc:h2:mem:books", "jdbc:postgresql", "books.db", "" })
	void anyOtherUrlIsRefusedByTheNameOfItsProperty(String url) {
		assertThatExceptionOfType(InvalidPropertyException.class).isThrownBy(() -> Dialect.of(url))
			.withMessage("facilitator.database-url names a database that is neither SQLite nor PostgreSQL")
			.satisfies((refused) -> assertThat(refused.fix()).contains("jdbc:sqlite:", "jdbc:postgresql:"));
	}

}
